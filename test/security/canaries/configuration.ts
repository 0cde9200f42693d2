import { createHash } from 'node:crypto';
import type { Document } from '../../../src-main/contract/document.ts';
import { aChannel, aDocument, aKey, aUser } from '../../support/document-fixtures.ts';
import { canaryValue } from './canaries.ts';

/** Where the channels of the configuration lead. */
export interface Addresses {
  readonly openai: string;
  readonly anthropic: string;
  readonly gemini: string;
  readonly dashscope: string;
  readonly azure: string;
  /** Nothing listens there. */
  readonly nowhere: string;
  readonly tls: { readonly cert: string; readonly key: string };
}

/** What `env:` members of the configuration lead to. */
export const ENVIRONMENT = { CANARY_OF_CHANNEL: canaryValue('keyFromEnvironment') };

const A_YEAR_ON = '2099-01-01T00:00:00Z';

function channelsAt(at: Addresses): Document['channels'] {
  const { api_key: _, ...several } = aChannel('openai_compatible', at.openai, '');
  return {
    openai: aChannel('openai', at.openai, canaryValue('openaiKey'), { priority: 1 }),
    several: {
      ...several,
      api_keys: [canaryValue('firstOfTwo'), canaryValue('secondOfTwo')],
      headers: {
        'x-internal-token': canaryValue('headerSecret'),
        authorization: `Bearer ${canaryValue('bearerInHeader')}`,
      },
      priority: 5,
    },
    anthropic: aChannel('anthropic', at.anthropic, canaryValue('anthropicKey')),
    gemini: aChannel('gemini', at.gemini, canaryValue('geminiKey')),
    dashscope: aChannel('dashscope', at.dashscope, canaryValue('dashscopeKey')),
    azure: aChannel('azure', at.azure, canaryValue('azureKey')),
    environment: aChannel('openai', at.openai, 'env:CANARY_OF_CHANNEL', { priority: 6 }),
    proxied: aChannel('openai', at.openai, canaryValue('openaiKey'), {
      outbound_proxy: `http://someone:${canaryValue('proxyPassword')}@127.0.0.1:9/`,
      priority: 7,
    }),
    nowhere: aChannel('openai', at.nowhere, canaryValue('openaiKey'), { priority: 8 }),
  };
}

/** A configuration in which every secret is a canary. */
export function canaryDocument(at: Addresses): Document {
  return aDocument({
    users: { ann: aUser({ name: 'Ann' }), bob: aUser({ status: 'disabled' }) },
    proxy_keys: {
      'key-ann': aKey('ann', canaryValue('annsKey'), {
        previous: [{ key: canaryValue('annsOldKey'), expires_at: A_YEAR_ON }],
      }),
      'key-other': aKey('ann', canaryValue('annsOtherKey')),
      'key-disabled': aKey('ann', canaryValue('disabledKey'), { status: 'disabled' }),
      'key-expired': aKey('ann', canaryValue('expiredKey'), { expires_at: '2020-01-01T00:00:00Z' }),
      'key-bob': aKey('bob', canaryValue('keyOfDisabled')),
    },
    channels: channelsAt(at),
    system: {
      admin_token_hash: createHash('sha256').update(canaryValue('adminToken')).digest('hex'),
      proxy: { tls: at.tls },
    },
  });
}
