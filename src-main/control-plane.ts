import { join } from 'node:path';
import { openLastUses } from './adapters/last-use-file.ts';
import { openRetiredIds } from './adapters/retired-ids.ts';
import { openSessionFile } from './adapters/session-file.ts';
import { tlsProblem } from './adapters/tls-files.ts';
import { createUsageExport } from './adapters/usage-export.ts';
import type { AdminContext } from './admin/admin-context.ts';
import { hashAdminToken } from './admin/admin-token.ts';
import { followDocument } from './admin/hand-edits.ts';
import { SignIn } from './admin/sign-in.ts';
import type { AppOptions } from './app-options.ts';
import type { Configuration } from './configuration.ts';
import type { AuditLog } from './core/control-ports.ts';
import { recordPlaces } from './core/record-places.ts';
import { keyTrials } from './key-trials.ts';
import { openLogReading } from './log-reading.ts';
import type { Logs } from './logs.ts';
import type { Opened } from './opened.ts';
import { PLATFORMS, platformOf } from './platforms/registry.ts';
import { pauseGateway } from './proxy/create-gateway.ts';
import type { Gateway } from './proxy/gateway.ts';
import { channelProbe } from './proxy/probe/channel-probe.ts';
import { openUpkeep } from './upkeep.ts';
import type { Usage } from './usage.ts';

export interface ControlPlaneParts {
  readonly options: AppOptions;
  readonly configuration: Configuration;
  readonly gateway: Gateway;
  readonly usage: Usage;
  readonly logs: Logs;
  readonly runToken: string;
  readonly opened: Opened;
}

/** What the admin API stands on. */
export interface ControlPlane {
  readonly admin: (
    proxy: Pick<AdminContext, 'proxyUrl' | 'proxyUrls'> & { readonly ownUrl: () => string },
  ) => {
    readonly context: AdminContext;
    readonly signIn: SignIn;
  };
  /** Resolves when an admin wants the program to end. */
  readonly shutdownAsked: Promise<void>;
}

/** Who may come in, and who came in before this start. */
async function openSignIn(
  { options, configuration, gateway, runToken, opened }: ControlPlaneParts,
  audit: AuditLog,
  onProblem: (message: string) => void,
): Promise<SignIn> {
  const { clock } = gateway;
  const sessions = await openSessionFile({ dataDir: options.dataDir, clock, onProblem });
  opened.add(() => sessions.close());
  const tokens = {
    runHash: hashAdminToken(runToken),
    isRunChosen: options.adminToken !== undefined,
    storedHash: () => configuration.store.current.system.admin_token_hash ?? null,
  };
  return new SignIn(tokens, clock, audit, sessions);
}

/** Opens what admins work with, beside the gateway itself. */
export async function openControlPlane(parts: ControlPlaneParts): Promise<ControlPlane> {
  const { options, configuration, gateway, usage } = parts;
  const { clock } = gateway;
  const startedAtMs = clock.now();
  const { audit, requests } = openLogReading({
    ...parts,
    dataDir: options.dataDir,
    clock,
    store: configuration.store,
  });
  const onProblem = (message: string): void => gateway.log.error(message);
  const signIn = await openSignIn(parts, audit, onProblem);
  const retired = await openRetiredIds(join(options.dataDir, 'state', 'retired-ids.jsonl'), onProblem);
  const { store } = configuration;
  const lastUses = await openLastUses({
    ...{ dataDir: options.dataDir, clock, feed: gateway.feed, requests, onProblem },
    document: () => store.current,
  });
  parts.opened.add(() => lastUses.close());
  const placesOf = recordPlaces(PLATFORMS);
  parts.opened.add(followDocument({ store, audit, retired, placesOf, onProblem }));
  const { version, upstreams, mask } = gateway;
  const probe = channelProbe({ clock, env: options.env, platformOf, upstreams, mask });
  const served = () => gateway.snapshot.document;
  const exportUsage = createUsageExport({ usage: usage.keeping, document: served, gone: retired });
  const { shutdownAsked, ...upkeep } = await openUpkeep({
    options,
    store,
    usage: usage.keeping,
    retired,
    clock,
    log: gateway.log,
    version,
  });
  return {
    shutdownAsked,
    admin: ({ ownUrl, ...proxy }) => ({
      signIn,
      context: {
        version: gateway.version,
        startedAtMs,
        clock,
        ...proxy,
        maskKeys: parts.logs.maskKeys,
        store: configuration.store,
        demo: configuration.demo,
        served,
        platforms: PLATFORMS,
        usage: usage.keeping,
        exportUsage,
        requests,
        feed: gateway.feed,
        openWebSockets: () => gateway.sessions.list(),
        openRequests: () => gateway.deadlines.size,
        isPaused: () => gateway.paused,
        setPaused: (paused) => pauseGateway(gateway, paused),
        audit,
        retired,
        lastUses,
        tlsProblem,
        probe,
        trials: keyTrials(gateway, ownUrl),
        ...upkeep,
      },
    }),
  };
}
