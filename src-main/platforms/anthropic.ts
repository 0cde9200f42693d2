import { definePlatform } from './define.ts';
import { anthropicModels } from './model-lists.ts';
import { anthropicMessage } from './small-calls.ts';

/** The version of the API whose shapes are read here. */
const API_VERSION = '2023-06-01';
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
  modelList: anthropicModels,
  smallCall: anthropicMessage,
  ownHeaders: ['anthropic-version', API_VERSION],
  speaksChat: false,
  usualModels: ['claude*'],
  exampleModels: ['claude-sonnet-4-6'],
});
