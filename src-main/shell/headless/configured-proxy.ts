import { findLayout } from '../../adapters/document/layout.ts';
import { readConfigFile } from '../../adapters/document/read-file.ts';
import { TextEngine } from '../../adapters/document/text-engine.ts';
import type { AppOptions } from '../../app-options.ts';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import { System } from '../../contract/document.ts';

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
