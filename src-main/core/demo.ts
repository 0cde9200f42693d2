import { DEMO_ID } from '../contract/demo-id.ts';
import type { Document } from '../contract/document.ts';

export { DEMO_ID };

/** The key by which the demo platform knows AIProxy. It opens nothing else and is no secret. */
export const DEMO_API_KEY = 'demo-platform-key';

/** What opens the demo: its Proxy-Key, and the ids of its channel and its user. */
export interface DemoAccess {
  readonly proxyKey: string;
  readonly channel: string;
  readonly user: string;
}

/** The demo, which an admin begins and ends. */
export interface Demo {
  /** `null` where it does not run. */
  readonly access: DemoAccess | null;
  /** Begins it; where it runs already, it goes on. */
  start(): Promise<DemoAccess>;
  /** Ends it, where it runs. */
  end(): Promise<void>;
}

/** What is laid over the document while the demo runs. */
export type DemoRecords = Pick<Document, 'users' | 'proxy_keys' | 'channels'>;

/**
 * A channel to the demo platform, and a user with a key for it.
 * @param url the demo platform's address, without a path
 * @param key the Proxy-Key of the demo user
 */
export function demoRecords(url: string, key: string): DemoRecords {
  return {
    users: { [DEMO_ID]: { name: 'Demo user', status: 'active', channels: [DEMO_ID] } },
    proxy_keys: { [DEMO_ID]: { key, user: DEMO_ID, status: 'active' } },
    channels: {
      [DEMO_ID]: {
        name: 'Demo platform',
        platform: 'openai_compatible',
        base_url: `${url}/v1`,
        api_key: DEMO_API_KEY,
        allow_private: true,
        status: 'active',
      },
    },
  };
}

/**
 * The document as it runs during a demo. The records are laid over it in memory and never written. Where there are
 * real channels, whoever may use "all channels" keeps just those: no one's real request is answered by a stand-in.
 */
export function withDemo(document: Document, demo: DemoRecords): Document {
  const real = Object.keys(document.channels);
  const narrow = <T extends { channels?: '*' | string[] | undefined }>(records: Record<string, T>) =>
    real.length === 0
      ? records
      : Object.fromEntries(
          Object.entries(records).map(([id, record]) => [
            id,
            record.channels === '*' ? { ...record, channels: real } : record,
          ]),
        );
  return {
    ...document,
    users: { ...narrow(document.users), ...demo.users },
    groups: narrow(document.groups),
    proxy_keys: { ...document.proxy_keys, ...demo.proxy_keys },
    channels: { ...document.channels, ...demo.channels },
  };
}
