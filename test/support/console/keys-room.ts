import type { ProxyKey } from '../../../src-main/contract/document.ts';
import { type AdminClient, adminClient } from '../admin-client.ts';
import type { CleanUp } from '../clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../stand-ins/openai.ts';
import { type Gateway, startGateway } from '../start-gateway.ts';

/** A gateway with Proxy-Keys in every state, in front of two platforms that tell who was asked. */
export interface KeysRoom {
  readonly gateway: Gateway;
  readonly admin: AdminClient;
  readonly main: OpenAiStandIn;
  readonly spare: OpenAiStandIn;
  /** A Proxy-Key as it is stored, masked. */
  stored(id: string): Promise<ProxyKey>;
  /** Asks for a chat with a Proxy-Key. */
  chat(key: string): Promise<number>;
}

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

/** Grace may use the first two of three channels, Linus all of them. */
const users = {
  grace: aUser({ name: 'Grace Hopper', channels: ['main', 'spare'] }),
  linus: aUser({ name: 'Linus' }),
};

const proxy_keys = () => ({
  laptop: aKey('grace', 'pk-of-the-laptop', { name: 'Laptop' }),
  ended: aKey('grace', 'pk-that-has-ended', { name: 'Workshop', expires_at: inDays(-3) }),
  ending: aKey('linus', 'pk-that-soon-ends', { name: 'Visitor', expires_at: inDays(2) }),
  off: aKey('linus', 'pk-that-is-off', { name: 'Retired', status: 'disabled' }),
  ordered: aKey('linus', 'pk-with-an-order', {
    name: 'Ordered',
    channels: [
      { id: 'main', priority: 1 },
      { id: 'spare', priority: 2 },
      { id: 'third', priority: 3 },
    ],
  }),
});

/** Opens it; closed by `cleanUp`. */
export async function openKeysRoom(cleanUp: CleanUp): Promise<KeysRoom> {
  const main = cleanUp.closing(await startOpenAi({ apiKey: 'channel-key-main' }));
  const spare = cleanUp.closing(await startOpenAi({ apiKey: 'channel-key-spare' }));
  const channels = {
    main: aChannel('openai', main.url, main.apiKey, { name: 'Main', priority: 1, models: ['gpt-stand-in'] }),
    spare: aChannel('openai', spare.url, spare.apiKey, { name: 'Spare', priority: 2, models: ['gpt-*'] }),
    third: aChannel('openai', main.url, main.apiKey, { name: 'Third', priority: 3, status: 'disabled' }),
  };
  const document = aDocument({ channels, users, proxy_keys: proxy_keys() });
  const gateway = cleanUp.closing(await startGateway(document));
  const admin = adminClient(gateway);
  return {
    gateway,
    admin,
    main,
    spare,
    stored: async (id) => (await admin.get<ProxyKey>(`/proxy-keys/${id}`)).body,
    async chat(key) {
      const response = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: '{"model":"gpt-stand-in","messages":[{"role":"user","content":"Hello!"}]}',
      });
      await response.text();
      return response.status;
    },
  };
}
