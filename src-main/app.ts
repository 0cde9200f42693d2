import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { createAppLog } from './adapters/app-log.ts';
import { openBoundIds } from './adapters/bound-ids.ts';
import { startDemoPlatform } from './adapters/demo-platform.ts';
import { openDocumentStore } from './adapters/document/open-store.ts';
import { isOwnAddress } from './adapters/own-address.ts';
import { createRequestLog } from './adapters/request-log.ts';
import { systemClock } from './adapters/system-clock.ts';
import { undiciUpstream } from './adapters/upstream/client-stack.ts';
import { hashAdminToken } from './admin/admin-token.ts';
import { type App, type AppOptions, type FirstStart, StartError, type Started } from './app-options.ts';
import type { Document } from './contract/document.ts';
import { type DemoRecords, demoRecords, withDemo } from './core/demo.ts';
import { FIRST_START_BYTES, firstStartRecords, needsFirstStart } from './core/first-start.ts';
import { newAdminToken, newProxyKey, SECRET_BYTES } from './core/new-secret.ts';
import type { AppLog, Clock, DocumentStore } from './core/ports.ts';
import { redactText } from './core/redact.ts';
import { secretMatcher } from './core/secret-matcher.ts';
import { compileSnapshot, type Snapshot } from './core/snapshot.ts';
import { openListeners } from './listeners.ts';
import { PLATFORMS, platformOf } from './platforms/registry.ts';
import { createGateway, drainGateway, replaceSnapshot } from './proxy/create-gateway.ts';

/** The library's promise that a closer runs once, last opened first. */
class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  add(closer: () => Promise<void> | void): void {
    this.#closers.push(closer);
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0).reverse()) await closer();
  }
}

/** Puts the parts together. Everything that lives longer than a request is made here, and closed here. */
export function createApp(options: AppOptions): App {
  const opened = new Opened();
  let drain: (graceMs: number) => Promise<void> = async () => undefined;
  return {
    async start() {
      try {
        const running = await open(options, opened);
        drain = running.drain;
        return running.started;
      } catch (error) {
        await opened.close();
        throw error;
      }
    },
    async stop(graceMs) {
      await drain(graceMs);
      await opened.close();
    },
  };
}

interface Running {
  readonly started: Started;
  drain(graceMs: number): Promise<void>;
}

async function open(options: AppOptions, opened: Opened): Promise<Running> {
  const clock = systemClock;
  const startedAtMs = clock.now();
  const { log, requestLog, configure, mask } = openLogs(options, clock, opened);
  const opening = await openDocumentStore({ ...options, clock, log, platforms: PLATFORMS }).catch(
    (error: unknown) => {
      throw error instanceof Error && !(error instanceof TypeError)
        ? new StartError(error.message, { cause: error })
        : error;
    },
  );
  const { store } = opening;
  opened.add(() => store.close());
  const firstStart = await makeFirstStart(store, new Date(startedAtMs).toISOString());
  const demo = options.demo ? await startDemo(opened) : null;
  const compile = (document: Document): Snapshot =>
    compileSnapshot(demo === null ? document : withDemo(document, demo.records), {
      env: options.env,
      platformOf,
    });

  const snapshot = compile(store.current);
  configure(snapshot);
  const ownPorts = new Set<number>();
  const upstream = undiciUpstream(clock, (address, port) => ownPorts.has(port) && isOwnAddress(address));
  const gateway = createGateway({
    snapshot,
    clock,
    log,
    requestLog,
    upstream,
    boundIds: await openIds(options, clock, log, opened),
    mask,
    version: packageJson.version,
  });
  opened.add(() => gateway.upstreams.destroy());

  const runToken = options.adminToken ?? newAdminToken(randomBytes(SECRET_BYTES));
  const runHash = hashAdminToken(runToken);
  const adminTokenHashes = () => [runHash, ...[gateway.snapshot.system.admin_token_hash ?? []].flat()];
  const listeners = await openListeners({ options, gateway, startedAtMs, adminTokenHashes });
  opened.add(() => listeners.close());
  ownPorts.add(listeners.proxy.port).add(listeners.console.port);

  opened.add(
    store.subscribe((document) => {
      const next = compile(document);
      configure(next);
      replaceSnapshot(gateway, next);
      for (const warning of next.warnings) log.warn(warning);
    }),
  );
  const notices = [...opening.notices, ...snapshot.warnings, ...listeners.notices];
  for (const notice of notices) log.warn(notice);
  log.info('AIProxy serves', {
    proxy: listeners.proxyUrl,
    console: listeners.consoleUrl,
    version: packageJson.version,
  });
  const { proxyUrl, consoleUrl } = listeners;
  return {
    started: { proxyUrl, consoleUrl, runToken, firstStart, demoKey: demo?.key ?? null, notices },
    drain: (graceMs) => drainGateway(gateway, graceMs),
  };
}

/** Both logs, and what a new configuration changes about them. */
function openLogs({ dataDir, logLevel }: AppOptions, clock: Clock, opened: Opened) {
  const folder = join(dataDir, 'logs');
  let secrets = secretMatcher([]);
  const log = createAppLog({
    folder,
    clock,
    level: logLevel ?? 'info',
    stderr: process.stderr,
    secrets: () => secrets,
  });
  opened.add(() => log.close());
  const requestLog = createRequestLog({
    folder,
    clock,
    onProblem: (message, fields) => log.error(message, fields),
  });
  opened.add(() => requestLog.close());
  const configure = ({ system, keys, channelKeys }: Snapshot): void => {
    secrets = secretMatcher([...keys.keys(), ...channelKeys]);
    const settings = { timeZone: system.time_zone, retentionDays: system.log_retention_days };
    log.configure(settings);
    requestLog.configure(settings);
    log.setLevel(logLevel ?? system.log_level ?? 'info');
  };
  return { log, requestLog, configure, mask: (text: string) => redactText(text, secrets) };
}

/** The ids that platforms handed out, also in earlier runs. */
async function openIds({ dataDir }: AppOptions, clock: Clock, log: AppLog, opened: Opened) {
  const boundIds = await openBoundIds({
    path: join(dataDir, 'state', 'bound-ids.jsonl'),
    clock,
    onProblem: (message, fields) => log.warn(message, fields),
  });
  opened.add(() => boundIds.close());
  return boundIds;
}

/** Makes the admin token and the user `admin`, once in the life of a data folder. */
async function makeFirstStart(store: DocumentStore, now: string): Promise<FirstStart | null> {
  if (store.readOnly !== null || !needsFirstStart(store.current)) return null;
  const { adminToken, adminKey, user, proxyKey } = firstStartRecords(
    store.current,
    randomBytes(FIRST_START_BYTES),
    now,
  );
  await store.put('users', user.id, user.record);
  await store.put('proxy_keys', proxyKey.id, proxyKey.record);
  await store.patchSystem({ admin_token_hash: hashAdminToken(adminToken) });
  return { adminToken, adminKey };
}

async function startDemo(opened: Opened): Promise<{ records: DemoRecords; key: string }> {
  const platform = await startDemoPlatform();
  opened.add(() => platform.close());
  const key = newProxyKey(randomBytes(SECRET_BYTES));
  return { records: demoRecords(platform.url, key), key };
}
