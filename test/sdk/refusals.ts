import type { ErrorCode } from '../../src-main/contract/errors.ts';
import type { CleanUp } from '../support/clean-up.ts';
import { closedPort } from '../support/closed-port.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import type { StandIn } from '../support/stand-in.ts';
import { startAnthropic } from '../support/stand-ins/anthropic.ts';
import { startGemini } from '../support/stand-ins/gemini.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** A reason why a gateway answers by itself. */
export interface Refusal {
  readonly why: string;
  readonly key: string;
  readonly status: number;
  readonly code: ErrorCode;
  /** Under whom it is logged; `null` where nobody is known. */
  readonly user: string | null;
}

/** What the gateway of `startRefusing` refuses, whichever SDK asks for the model `stand-in`. */
export const REFUSALS: readonly Refusal[] = [
  { why: 'an unknown key', key: 'pk-unknown', status: 401, code: 'invalid_proxy_key', user: null },
  {
    why: "a channel's own key",
    key: 'channel-key-openai',
    status: 401,
    code: 'invalid_proxy_key',
    user: null,
  },
  { why: 'a disabled user', key: 'pk-of-disabled', status: 403, code: 'user_disabled', user: 'disabled' },
  { why: 'a disabled key', key: 'pk-disabled', status: 403, code: 'proxy_key_disabled', user: 'someone' },
  { why: 'an expired key', key: 'pk-expired', status: 403, code: 'proxy_key_expired', user: 'someone' },
  { why: 'a wrong address', key: 'pk-of-elsewhere', status: 403, code: 'ip_not_allowed', user: 'elsewhere' },
  {
    why: 'a model not permitted',
    key: 'pk-one-model',
    status: 403,
    code: 'model_not_permitted',
    user: 'someone',
  },
  { why: 'a user without channels', key: 'pk-of-nobody', status: 404, code: 'no_channel', user: 'nobody' },
  {
    why: 'a platform that is down',
    key: 'pk-of-down',
    status: 502,
    code: 'upstream_unreachable',
    user: 'down',
  },
];

/** A gateway in front of three platforms none of which should ever be asked. */
export interface Refusing {
  readonly gateway: Gateway;
  readonly standIns: readonly StandIn[];
}

/** Starts a gateway that refuses each of `REFUSALS`. */
export async function startRefusing(cleanUp: CleanUp): Promise<Refusing> {
  const openai = cleanUp.closing(await startOpenAi());
  const anthropic = cleanUp.closing(await startAnthropic());
  const gemini = cleanUp.closing(await startGemini());
  const channels = ['openai', 'anthropic', 'gemini'];
  const document = aDocument({
    users: {
      someone: aUser({ channels }),
      disabled: aUser({ channels, status: 'disabled' }),
      elsewhere: aUser({ channels, ip_allowlist: ['192.0.2.0/24'] }),
      nobody: aUser({ channels: [] }),
      down: aUser({ channels: ['down'] }),
    },
    proxy_keys: {
      k1: aKey('disabled', 'pk-of-disabled'),
      k2: aKey('someone', 'pk-disabled', { status: 'disabled' }),
      k3: aKey('someone', 'pk-expired', { expires_at: '2026-01-01T00:00:00Z' }),
      k4: aKey('elsewhere', 'pk-of-elsewhere'),
      k5: aKey('someone', 'pk-one-model', { models: ['another-*'] }),
      k6: aKey('nobody', 'pk-of-nobody'),
      k7: aKey('down', 'pk-of-down'),
    },
    channels: {
      openai: aChannel('openai', openai.url, openai.apiKey),
      anthropic: aChannel('anthropic', anthropic.url, anthropic.apiKey),
      gemini: aChannel('gemini', gemini.url, gemini.apiKey),
      down: aChannel('custom', `http://127.0.0.1:${await closedPort()}`, 'channel-key-down'),
    },
  });
  const gateway = cleanUp.closing(await startGateway(document));
  return { gateway, standIns: [openai, anthropic, gemini] };
}
