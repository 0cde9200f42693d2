import { resolve } from 'node:path';
import { z } from 'zod';
import type { AppOptions } from '../../app-options.ts';
import { defaultDataDir } from './data-dir.ts';
import type { Invocation } from './invocation.ts';
import { type Terminal, UsageError } from './terminal.ts';

const Text = z.string().min(1, 'must not be empty');
const PortText = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'must be a number from 0 to 65535');
const HostText = z.string().regex(/^[0-9A-Za-z.:%_-]+$/, 'must be an address or a host name');

/** What may be set by option or by environment. An option wins over the environment, both over the document. */
export const SETTINGS = {
  config: { env: 'AIPROXY_CONFIG', schema: Text },
  'data-dir': { env: 'AIPROXY_DATA_DIR', schema: Text },
  host: { env: 'AIPROXY_HOST', schema: HostText },
  port: { env: 'AIPROXY_PORT', schema: PortText },
  'console-host': { env: 'AIPROXY_CONSOLE_HOST', schema: HostText },
  'console-port': { env: 'AIPROXY_CONSOLE_PORT', schema: PortText },
  'admin-token': {
    env: 'AIPROXY_ADMIN_TOKEN',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
      .min(16, 'must have at least 16 characters'),
  },
  'log-level': {
    env: 'AIPROXY_LOG_LEVEL',
    schema: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error'),
  },
} as const;

export type SettingName = keyof typeof SETTINGS;
type SettingValue<N extends SettingName> = z.output<(typeof SETTINGS)[N]['schema']>;

/**
 * One setting, from the option if it was given, else from the environment, else `undefined`. An empty environment
 * variable counts as not set.
 * @throws UsageError naming the option or the variable
 */
export function readSetting<N extends SettingName>(
  name: N,
  { values }: Invocation,
  { env }: Pick<Terminal, 'env'>,
): SettingValue<N> | undefined {
  const variable = SETTINGS[name].env;
  const text = values[name] ?? (env[variable] || undefined);
  if (text === undefined) return undefined;
  const parsed = SETTINGS[name].schema.safeParse(text);
  if (parsed.success) return parsed.data as SettingValue<N>;
  const source = values[name] === undefined ? variable : `--${name}`;
  throw new UsageError(`${source} ${parsed.error.issues[0]?.message ?? 'is invalid'}`);
}

/** Where a program runs, as far as its settings depend on it. */
export type Place = Pick<Terminal, 'env' | 'cwd' | 'platform' | 'homeDir'>;

/** Where data and configuration lie; what people write is relative to where they stand, the default never is. */
export function locations(
  invocation: Invocation,
  terminal: Place,
): Pick<AppOptions, 'dataDir' | 'configPath'> {
  const dataDir = readSetting('data-dir', invocation, terminal);
  const config = readSetting('config', invocation, terminal);
  return {
    dataDir: dataDir === undefined ? defaultDataDir(terminal) : resolve(terminal.cwd, dataDir),
    configPath: config === undefined ? null : resolve(terminal.cwd, config),
  };
}

/** Everything `serve` was told, in the form the application takes it. */
export function appOptions(invocation: Invocation, terminal: Place): AppOptions {
  const set = <N extends SettingName, K extends string>(key: K, name: N) => {
    const value = readSetting(name, invocation, terminal);
    return (value === undefined ? {} : { [key]: value }) as { [_ in K]?: SettingValue<N> };
  };
  return {
    ...locations(invocation, terminal),
    ...set('host', 'host'),
    ...set('port', 'port'),
    ...set('consoleHost', 'console-host'),
    ...set('consolePort', 'console-port'),
    ...set('logLevel', 'log-level'),
    ...set('adminToken', 'admin-token'),
    demo: invocation.flags.has('demo'),
    env: terminal.env,
  };
}
