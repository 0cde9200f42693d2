import type { AppOptions } from '../../src-main/app-options.ts';
import { type AdminClient, adminClient } from './admin-client.ts';
import type { CleanUp } from './clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from './document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from './stand-ins/openai.ts';
import { type Gateway, startGateway } from './start-gateway.ts';

/** A gateway with a user, two keys and a channel to a stand-in. */
export interface OneCustomer {
  readonly gateway: Gateway;
  readonly platform: OpenAiStandIn;
  readonly admin: AdminClient;
  /** Asks for a chat completion and reads the answer to its end. @returns the request's id */
  chat(options?: {
    readonly key?: string;
    readonly model?: string;
    readonly stream?: boolean;
  }): Promise<string>;
}

export const CUSTOMER_KEY = 'pk-customer';
export const SECOND_KEY = 'pk-second';

/** Starts them, and has them closed with the test. */
export async function startOneCustomer(
  cleanUp: CleanUp,
  options: Partial<AppOptions> = {},
): Promise<OneCustomer> {
  const platform = cleanUp.closing(await startOpenAi());
  const gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { usr_1: aUser({ name: 'Alice' }), usr_2: aUser() },
        proxy_keys: {
          key_1: aKey('usr_1', CUSTOMER_KEY, { name: 'laptop' }),
          key_2: aKey('usr_2', SECOND_KEY),
        },
        channels: { ch_1: aChannel('openai', platform.url, platform.apiKey, { name: 'OpenAI' }) },
      }),
      options,
    ),
  );
  return {
    gateway,
    platform,
    admin: adminClient(gateway),
    async chat({ key = CUSTOMER_KEY, model = 'gpt-stand-in', stream = false } = {}) {
      const response = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'hello' }] }),
      });
      await response.text();
      return response.headers.get('x-aiproxy-request-id') ?? '';
    },
  };
}
