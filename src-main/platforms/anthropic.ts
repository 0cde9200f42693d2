import { definePlatform } from './define.ts';

const OWN_PATHS = /^\/v1\/(?:messages|complete)(?:\/|$)/;

export const anthropic = definePlatform({
  id: 'anthropic',
  label: 'Anthropic',
  webSocket: false,
  dialect: 'anthropic',
  baseUrl: 'https://api.anthropic.com',
  basePrefixes: ['/v1'],
  hosts: ['api.anthropic.com'],
  credential: (apiKey) => ['x-api-key', apiKey],
  ownsPath: (path) => OWN_PATHS.test(path),
  place: (operation) => (operation.dialect === 'anthropic' ? operation.path : null),
});
