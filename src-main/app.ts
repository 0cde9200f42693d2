import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { openBoundIds } from './adapters/bound-ids.ts';
import { DataFolderError, makeDataFolder } from './adapters/data-folder.ts';
import { isOwnAddress } from './adapters/own-address.ts';
import { systemClock } from './adapters/system-clock.ts';
import { undiciUpstream } from './adapters/upstream/client-stack.ts';
import { nodeTunnel } from './adapters/upstream/tunnel.ts';
import { type App, type AppOptions, StartError, type Started } from './app-options.ts';
import { type Configuration, openConfiguration } from './configuration.ts';
import { openControlPlane } from './control-plane.ts';
import { LiveFeed } from './core/live-feed.ts';
import { newAdminToken, SECRET_BYTES } from './core/new-secret.ts';
import { type Listeners, openListeners } from './listeners.ts';
import { type Logs, openLogs } from './logs.ts';
import { gatewayMetrics } from './metrics.ts';
import { Opened } from './opened.ts';
import { createGateway, drainGateway, pauseGateway, replaceSnapshot } from './proxy/create-gateway.ts';
import type { Gateway } from './proxy/gateway.ts';
import { openUsageCounters, type Usage } from './usage.ts';

const { version } = packageJson;

/** Puts the parts together. Everything that lives longer than a request is made here, and closed here. */
export function createApp(options: AppOptions): App {
  const opened = new Opened();
  let gateway: Gateway | null = null;
  return {
    async start() {
      try {
        const running = await open(options, opened);
        gateway = running.gateway;
        return running.started;
      } catch (error) {
        await opened.close();
        throw error;
      }
    },
    async stop(graceMs) {
      if (gateway !== null) await drain(gateway, graceMs);
      await opened.close();
    },
    setPaused(paused) {
      if (gateway !== null) pauseGateway(gateway, paused);
    },
    isPaused: () => gateway?.paused ?? false,
  };
}

async function drain(gateway: Gateway, graceMs: number): Promise<void> {
  const open = gateway.deadlines.size;
  gateway.log.info('AIProxy stops', open === 0 ? {} : { open_requests: open, grace_seconds: graceMs / 1000 });
  await drainGateway(gateway, graceMs);
}

type IsSelf = (address: string, port: number) => boolean;

async function open(options: AppOptions, opened: Opened): Promise<{ gateway: Gateway; started: Started }> {
  const clock = options.clock ?? systemClock;
  await makeDataFolder(options.dataDir).catch((error: unknown) => {
    throw error instanceof DataFolderError ? new StartError(error.message, { cause: error }) : error;
  });
  const runToken = options.adminToken ?? newAdminToken(randomBytes(SECRET_BYTES));
  const logs = openLogs(options, clock, [runToken], opened);
  const ownPorts = new Set<number>();
  const isSelf: IsSelf = (address, port) => ownPorts.has(port) && isOwnAddress(address);
  const configuration = await openConfiguration({ options, clock, log: logs.log, isSelf, opened });
  const { gateway, usage } = await openGateway(options, configuration, logs, isSelf, opened);

  const control = await openControlPlane({ options, configuration, gateway, usage, logs, runToken, opened });
  const listeners = await openListeners({ options, gateway, admin: control.admin });
  opened.add(() => listeners.close());
  ownPorts.add(listeners.proxy.port).add(listeners.console.port);
  // Last, because nothing may fail any more: what it makes is shown once and never made again.
  const firstStart = await configuration.makeFirstStart();
  const { shutdownAsked } = control;
  const started = startedOf(configuration, gateway, listeners, { runToken, firstStart, shutdownAsked });
  return { gateway, started };
}

/** A gateway that follows the configuration. */
async function openGateway(
  options: AppOptions,
  configuration: Configuration,
  logs: Logs,
  isSelf: IsSelf,
  opened: Opened,
): Promise<{ readonly gateway: Gateway; readonly usage: Usage }> {
  const { log, requestLog, mask, configure } = logs;
  const clock = options.clock ?? systemClock;
  const onProblem = log.warn.bind(log);
  const boundIds = await openBoundIds({
    path: join(options.dataDir, 'state', 'bound-ids.jsonl'),
    clock,
    onProblem,
  });
  opened.add(() => boundIds.close());
  const snapshot = configuration.snapshot();
  configure(snapshot);
  const usage = await openUsageCounters(options, clock, logs, snapshot, opened);
  const upstream = undiciUpstream(clock, isSelf);
  const openTunnel = nodeTunnel(clock, isSelf);
  const metrics = gatewayMetrics(usage, clock, () => gateway.snapshot);
  const gateway: Gateway = createGateway({
    snapshot,
    clock,
    log,
    requestLog,
    usage: usage.counting,
    feed: new LiveFeed(),
    metrics,
    upstream,
    openTunnel,
    boundIds,
    mask,
    version,
  });
  opened.add(() => gateway.upstreams.destroy());
  configuration.follow((next) => {
    configure(next);
    usage.configure(next);
    const known = new Set(gateway.snapshot.warnings);
    replaceSnapshot(gateway, next);
    for (const warning of next.warnings) if (!known.has(warning)) log.warn(warning);
  });
  return { gateway, usage };
}

function startedOf(
  configuration: Configuration,
  { log, snapshot, mask }: Gateway,
  listeners: Listeners,
  others: Pick<Started, 'runToken' | 'firstStart' | 'shutdownAsked'>,
): Started {
  const { proxyUrl, sharedUrls, consoleUrl } = listeners;
  const demoKey = configuration.demo.access?.proxyKey ?? null;
  const notices = [...configuration.notices, ...snapshot.warnings, ...listeners.notices];
  for (const notice of notices) log.warn(notice);
  log.info('AIProxy serves', { proxy: proxyUrl, console: consoleUrl, version });
  return { proxyUrl, sharedUrls, consoleUrl, demoKey, mask, notices, ...others };
}
