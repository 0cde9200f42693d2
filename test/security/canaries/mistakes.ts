import { canaryValue } from './canaries.ts';

/** Bodies that are nearly right: a secret stands where another value does, or where it is known already. */
export const NEARLY_RIGHT: readonly (readonly [method: string, path: string, body: object])[] = [
  ['POST', '/proxy-keys', { user: 'ann', key: canaryValue('annsKey') }],
  ['POST', '/proxy-keys', { user: canaryValue('annsOtherKey') }],
  [
    'POST',
    '/proxy-keys',
    { user: 'ann', key: canaryValue('openaiKey'), expires_at: canaryValue('unknownKey') },
  ],
  ['PATCH', '/proxy-keys/key-ann', { key: canaryValue('annsOtherKey') }],
  ['PATCH', '/proxy-keys/key-ann', { channels: [{ id: canaryValue('secondOfTwo') }] }],
  ['PATCH', '/users/ann', { channels: [canaryValue('firstOfTwo')] }],
  ['PATCH', '/users/ann', { group: canaryValue('headerSecret') }],
  ['PATCH', '/users/ann', { ip_allowlist: [canaryValue('azureKey')] }],
  ['POST', '/users', { id: canaryValue('annsKey'), status: 'unheard-of' }],
  ['POST', '/channels', { platform: canaryValue('geminiKey'), api_key: canaryValue('openaiKey') }],
  [
    'POST',
    '/channels',
    { platform: 'openai', base_url: `https://me:${canaryValue('proxyPassword')}@example.test` },
  ],
  ['POST', '/channels', { platform: 'openai', base_url: canaryValue('unknownKey') }],
  ['PATCH', '/channels/openai', { outbound_proxy: `nonsense://me:${canaryValue('proxyPassword')}@there` }],
  ['PATCH', '/channels/several', { api_keys: [canaryValue('firstOfTwo'), ''] }],
  ['PATCH', '/channels/several', { headers: { [canaryValue('headerSecret')]: 'a', 'bad header': 'b' } }],
  ['PATCH', '/channels/several', { headers: { 'x-internal-token': `${canaryValue('headerSecret')}\r\n` } }],
  ['POST', '/session', { token: canaryValue('annsKey') }],
];

/** Files of an older configuration that cannot be imported, each for another reason. */
export const BROKEN_FILES = [
  { name: 'channels_config.json', content: `{"openai": {"api_key": "${canaryValue('legacyKey')}", }` },
  { name: 'channels_config.json', content: `"${canaryValue('legacyKey')}` },
  {
    name: 'config.yaml',
    content: `api_key: "${canaryValue('legacyKey')}\n\t- ${canaryValue('openaiKey')}: [`,
  },
  { name: 'api_keys.json', content: JSON.stringify({ [canaryValue('annsKey')]: canaryValue('legacyKey') }) },
  { name: `${canaryValue('unknownKey')}.json`, content: '{}' },
];
