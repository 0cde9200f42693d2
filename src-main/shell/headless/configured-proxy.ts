import { findLayout } from '../../adapters/document/layout.ts';
import { readConfigFile } from '../../adapters/document/read-file.ts';
import { TextEngine } from '../../adapters/document/text-engine.ts';
import type { AppOptions } from '../../app-options.ts';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import { System } from '../../contract/document.ts';
import type { Invocation } from './invocation.ts';
import { locations, readSetting } from './settings.ts';
import { type Terminal, UsageError } from './terminal.ts';

const DEFAULT_PORT = 8001;

/** `system.proxy` as it is configured: which host, port and TLS. Empty where nothing valid says so; `check` tells why. */
export async function configuredProxy(
  where: Pick<AppOptions, 'dataDir' | 'configPath'>,
): Promise<NonNullable<System['proxy']>> {
  const engine = new TextEngine();
  try {
    const { slots } = await findLayout(where.dataDir, where.configPath);
    for (const { path } of slots) {
      const read = await readConfigFile(path, engine);
      const system = System.safeParse(read.ok ? Reflect.get(Object(read.content.root), 'system') : undefined);
      if (system.success && system.data.proxy !== undefined) return system.data.proxy;
    }
    return {};
  } catch (error) {
    if (error instanceof ConfigurationError) return {};
    throw error;
  } finally {
    await engine.close();
  }
}

/**
 * An address a client can use. `localhost` stays only where both loopback addresses are ours: else the name may lead
 * to the one that another program listens on.
 */
export function clientHost(host: string): string {
  if (host === 'localhost' || host === '::') return 'localhost';
  if (host === '0.0.0.0') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Where clients reach the proxy, by option, environment or configuration.
 * @throws UsageError where the port is only picked at the start
 */
export async function proxyAddress(invocation: Invocation, terminal: Terminal): Promise<string> {
  const configured = await configuredProxy(locations(invocation, terminal));
  const host = clientHost(readSetting('host', invocation, terminal) ?? configured.host ?? 'localhost');
  const port = readSetting('port', invocation, terminal) ?? configured.port ?? DEFAULT_PORT;
  if (port === 0)
    throw new UsageError('the port is picked at the start; give the one it printed with --port');
  return `${configured.tls === undefined ? 'http' : 'https'}://${host}:${port}`;
}
