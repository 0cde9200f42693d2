import { randomBytes } from 'node:crypto';
import { openDocumentStore } from './adapters/document/open-store.ts';
import { hashAdminToken } from './admin/admin-token.ts';
import { type AppOptions, type FirstStart, StartError } from './app-options.ts';
import { ConfigurationError } from './contract/configuration-error.ts';
import type { Document } from './contract/document.ts';
import { ProxyError } from './contract/errors.ts';
import { type Demo, withDemo } from './core/demo.ts';
import { FIRST_START_BYTES, firstStartRecords, needsFirstStart } from './core/first-start.ts';
import type { AppLog, Clock, DocumentStore } from './core/ports.ts';
import { compileSnapshot, type Snapshot } from './core/snapshot.ts';
import type { Opened } from './opened.ts';
import { PLATFORMS, platformOf } from './platforms/registry.ts';
import { RunningDemo } from './running-demo.ts';

export interface ConfigurationContext {
  readonly options: AppOptions;
  readonly clock: Clock;
  readonly log: AppLog;
  /** Whether an address is one of our own listeners. */
  readonly isSelf: (address: string, port: number) => boolean;
  readonly opened: Opened;
}

/** The document, ready to serve by. */
export interface Configuration {
  readonly store: DocumentStore;
  /** Makes the admin token and the user `admin`, once in the life of a data folder. */
  makeFirstStart(): Promise<FirstStart | null>;
  readonly demo: Demo;
  readonly notices: readonly string[];
  /** What the document says now, the demo laid over it. */
  snapshot(): Snapshot;
  /** Calls back with each new one. */
  follow(changed: (snapshot: Snapshot) => void): void;
}

/** Opens the document. @throws StartError */
export async function openConfiguration(context: ConfigurationContext): Promise<Configuration> {
  const { options, clock, opened } = context;
  const { store, notices } = await openStore(context);
  opened.add(() => store.close());
  const demo = new RunningDemo();
  opened.add(() => demo.end());
  if (options.demo) await demo.start();
  const snapshot = (): Snapshot =>
    compileSnapshot(documentOf(store, demo), {
      env: options.env,
      platformOf,
    });
  return {
    store,
    makeFirstStart: () => explained(makeFirstStart(store, new Date(clock.now()).toISOString())),
    demo,
    notices: [...notices, ...readOnlyNotice(store, options)],
    snapshot,
    follow: (changed) => {
      const tell = (): void => changed(snapshot());
      opened.add(store.subscribe(tell));
      demo.follow(tell);
    },
  };
}

const documentOf = ({ current }: DocumentStore, { records }: RunningDemo): Document =>
  records === null ? current : withDemo(current, records);

function openStore({ options, clock, log, isSelf }: ConfigurationContext) {
  return explained(openDocumentStore({ ...options, clock, log, isSelf, platforms: PLATFORMS }));
}

/** What the store says is meant for people. */
async function explained<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof ConfigurationError || error instanceof ProxyError) {
      throw new StartError(error.message, { cause: error });
    }
    throw error;
  }
}

/** Why nothing can be changed, and what an admin needs who was told of no token. */
function readOnlyNotice({ readOnly }: DocumentStore, { adminToken }: AppOptions): readonly string[] {
  if (readOnly === null) return [];
  return [adminToken === undefined ? `${readOnly}; until then set AIPROXY_ADMIN_TOKEN` : readOnly];
}

/** The three share one commit. */
async function makeFirstStart(store: DocumentStore, now: string): Promise<FirstStart | null> {
  if (store.readOnly !== null || !needsFirstStart(store.current)) return null;
  const random = randomBytes(FIRST_START_BYTES);
  const { adminToken, adminKey, user, proxyKey } = firstStartRecords(store.current, random, now);
  await Promise.all([
    store.put('users', user.id, user.record),
    store.put('proxy_keys', proxyKey.id, proxyKey.record),
    store.patchSystem({ admin_token_hash: hashAdminToken(adminToken) }),
  ]);
  return { adminToken, adminKey };
}
