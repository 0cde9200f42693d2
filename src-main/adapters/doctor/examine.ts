import { dirname } from 'node:path';
import type { Document, System } from '../../contract/document.ts';
import type { Platform } from '../../core/platform.ts';
import { readConfig } from '../document/check-config.ts';
import { folderHolder } from '../document/folder-lock.ts';
import { isOwnAddress } from '../own-address.ts';
import { type ChannelsFound, examineChannels } from './channels.ts';
import { examineClock, examineTimeZone } from './clock.ts';
import { judgeConfiguration } from './configuration.ts';
import { examineDisk } from './disk.ts';
import { examineProxyVariables, examineSdkVariables } from './environment.ts';
import { examineRights } from './file-rights.ts';
import { type Area, type DoctorFinding, findingsAbout } from './finding.ts';
import { examineKeyReferences } from './key-references.ts';
import { examineDescriptors } from './limits.ts';
import { examineListenerCertificates } from './listener-certificates.ts';
import { judgeLock } from './lock.ts';
import { examinePort, type ListenerPlan } from './ports.ts';
import { examineVersions } from './versions.ts';

export interface DoctorOptions {
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute; `null`: the data folder's own. */
  readonly configPath: string | null;
  /** These override what is configured, as for `serve`. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly consoleHost: string | undefined;
  readonly consolePort: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platforms: readonly Platform[];
  readonly version: string;
}

const PROXY_PORT = 8001;
const CONSOLE_PORT = 8002;
const MAX_CONNECTIONS = 1_000;
/** A check that takes longer is given up. The longest single one is a channel that answers nowhere. */
const LONGEST_MS = 9_000;
/** What the channels have in all. */
const CHANNELS_MS = 8_000;

function plansOf(options: DoctorOptions, system: System): readonly [ListenerPlan, ListenerPlan] {
  return [
    {
      name: 'proxy',
      host: options.host ?? system.proxy?.host ?? 'localhost',
      port: options.port ?? system.proxy?.port ?? PROXY_PORT,
      tls: system.proxy?.tls !== undefined,
    },
    {
      name: 'console',
      host: options.consoleHost ?? system.console?.host ?? 'localhost',
      port: options.consolePort ?? system.console?.port ?? CONSOLE_PORT,
      tls: system.console?.tls !== undefined,
    },
  ];
}

/** A check's findings; where it fails or takes too long, that it did. */
async function inTime(
  area: Area,
  subject: string,
  check: () => DoctorFinding[] | Promise<DoctorFinding[]>,
): Promise<DoctorFinding[]> {
  const about = findingsAbout(area, subject);
  const late = Promise.withResolvers<DoctorFinding[]>();
  const tooLong = about.warning(`not finished within ${LONGEST_MS / 1000} s`, 'Run it again.');
  const timer = setTimeout(() => late.resolve([tooLong]), LONGEST_MS);
  try {
    return await Promise.race([Promise.resolve().then(check), late.promise]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [about.warning(`could not be looked at: ${why}`, 'Report this to the maintainers.')];
  } finally {
    clearTimeout(timer);
  }
}

const NONE: ChannelsFound = { findings: [], clocks: [] };

/** The channels, and what their clocks say. */
async function channelsAndClock(
  options: DoctorOptions,
  document: Document,
  plans: readonly ListenerPlan[],
): Promise<DoctorFinding[]> {
  let found = NONE;
  const own = new Set(plans.map(({ port }) => port));
  const channels = await inTime('channels', 'channels', async () => {
    found = await examineChannels(document, {
      platforms: options.platforms,
      env: options.env,
      isSelf: (address, port) => own.has(port) && isOwnAddress(address),
      untilMs: Date.now() + CHANNELS_MS,
    });
    return [...found.findings];
  });
  return [...channels, examineClock(found.clocks)];
}

/** Files that hold keys, and their folders where those are our own. */
function secretFiles(options: DoctorOptions, files: readonly string[], { proxy, console }: System): string[] {
  const keys = [proxy?.tls?.key, console?.tls?.key].filter((path) => path !== undefined);
  const folders = options.configPath === null && files[0] !== undefined ? [dirname(files[0])] : [];
  return [...folders, ...files, ...keys];
}

/**
 * Looks at everything an AIProxy needs, within about ten seconds. Sends no key anywhere and changes nothing, not
 * even in the data folder.
 */
export async function examine(options: DoctorOptions): Promise<readonly DoctorFinding[]> {
  const { dataDir, configPath, platforms, env, version } = options;
  const [config, holder] = await Promise.all([
    readConfig({ dataDir, configPath, platforms, env }),
    folderHolder(dataDir),
  ]);
  const { document } = config;
  const system = document?.system ?? {};
  const plans = plansOf(options, system);
  const heldBy = holder.state === 'held' ? holder.pid : null;
  const [proxy] = plans;
  const checks = await Promise.all([
    inTime('versions', 'versions', () => examineVersions(version)),
    inTime('configuration', 'configuration', () =>
      judgeConfiguration(config, configPath ?? `${dataDir}/config`),
    ),
    document === null ? [] : examineKeyReferences(document, env),
    ...plans.map((plan) => inTime('ports', plan.name, async () => [await examinePort(plan, heldBy)])),
    document === null ? [] : channelsAndClock(options, document, plans),
    inTime('clock', 'time zone', () => [examineTimeZone(system.time_zone, env.TZ)]),
    inTime('environment', 'proxy variables', () => examineProxyVariables(env, proxy.port)),
    inTime('environment', 'SDK variables', () => examineSdkVariables(env, proxy.port)),
    inTime('disk', 'disk', () => examineDisk(dataDir, Date.now())),
    inTime('files', 'rights', () => examineRights(secretFiles(options, config.files, system))),
    inTime('files', 'certificates', () => examineListenerCertificates(system, Date.now())),
    inTime('files', 'folder lock', () => [judgeLock(holder)]),
    inTime('limits', 'open files', async () => [
      await examineDescriptors(system.max_connections ?? MAX_CONNECTIONS, heldBy),
    ]),
  ]);
  return checks.flat();
}
