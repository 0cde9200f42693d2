import type { RecordOf } from '../../api/records.ts';

/** Members that a channel's page shows in a place of their own. */
const SHOWN: ReadonlySet<string> = new Set([
  'id',
  'name',
  'platform',
  'base_url',
  'api_key',
  'api_keys',
  'status',
  'priority',
  'models',
  'created_at',
  'updated_at',
]);

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown): string {
  if (isMap(value)) {
    return Object.entries(value)
      .map(([name, member]) => `${name}: ${textOf(member)}`)
      .join(', ');
  }
  return Array.isArray(value) ? value.map(textOf).join('; ') : String(value);
}

/** How the form calls the members that it has a field for. */
const TEXTS = {
  weight: 'weight',
  model_map: 'modelMap',
  path_rewrite: 'pathRewrite',
  websocket_endpoints: 'websocketEndpoints',
  websocket_url: 'websocketUrl',
  supports_websocket: 'supportsWebsocket',
  host: 'host',
  headers: 'headers',
  allow_private: 'allowPrivate',
  connect_timeout: 'connectTimeout',
  timeout: 'timeout',
  idle_timeout: 'idleTimeout',
  max_retries: 'maxRetries',
  retry_timeouts: 'retryTimeouts',
  limits: 'limits',
  settings: 'settings',
} as const;

type Named = keyof typeof TEXTS;

const isNamed = (name: string): name is Named => Object.hasOwn(TEXTS, name);

/** Something that is set on a channel. */
export interface OtherSetting {
  readonly name: string;
  /** The text of the form that calls it by a name people know; `null` where there is none. */
  readonly text: (typeof TEXTS)[Named] | null;
  readonly value: string;
}

/** What else is set on a channel; few channels have any of it. */
export const otherSettings = (channel: RecordOf<'channels'>): readonly OtherSetting[] =>
  Object.entries(channel)
    .filter(([name, value]) => !SHOWN.has(name) && value !== undefined)
    .map(([name, value]) => ({ name, text: isNamed(name) ? TEXTS[name] : null, value: textOf(value) }));
