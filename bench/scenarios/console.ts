import { join } from 'node:path';
import { startChild } from '../children.ts';
import { type AiproxyStarted, launchAiproxy, writeAiproxyConfig } from '../contenders/aiproxy.ts';
import { USERS } from '../contenders/contender.ts';
import { type BenchContext, contenderStart, notMeasured, type ScenarioResult } from '../context.ts';
import type { WatchOrder } from '../load/orders.ts';
import { processorMs } from '../process-figures.ts';
import { alternate, failureGoals, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { medianOf, pairedRatio } from '../statistics.ts';
import { figure, type Table } from '../table.ts';
import { startChatUpstream } from '../upstream/start.ts';
import { runWrk, type WrkFigures } from '../wrk.ts';

const TITLE = 'Console: what an open overview costs the proxy';
const CONNECTIONS = 64;
const MOST = 0.02;
const WARM_UP_S = 2;

type ConsoleFigures = WrkFigures & {
  /** Processor time of the gateway for one request, all threads, microseconds. */
  readonly processorUs: number;
};

/** The same program, with nobody looking and with an overview open. */
const VARIANTS = [
  { name: 'alone', isWatched: false },
  { name: 'watched', isWatched: true },
] as const;
type Variant = (typeof VARIANTS)[number];

/** How much less the proxy carries while an overview is open: live feed, figures, sessions. */
export async function consoleScenario(context: BenchContext): Promise<ScenarioResult> {
  const { wrk, aiproxy } = context.installed;
  if (!wrk) return notMeasured(TITLE, 'wrk is not installed (Debian: wrk)');
  if (!context.contenders.includes('aiproxy')) return notMeasured(TITLE, 'aiproxy does not take part');
  const upstream = await startChatUpstream({ ...context, core: context.loadCore });
  const size = { users: USERS, channels: 1 };
  const dataDir = join(context.workDir, 'console');
  writeAiproxyConfig(dataDir, contenderStart(context, upstream.port), size);
  const gateway = await launchAiproxy({ program: aiproxy, core: context.contenderCore }, dataDir, size);
  try {
    await drive(context, wrk, gateway, WARM_UP_S);
    const rounds = await alternate(context, 'an open overview', VARIANTS, (variant) =>
      measure(context, wrk, gateway, variant),
    );
    return resultOf(rounds, upstream.kind);
  } finally {
    await gateway.stop();
    await upstream.stop();
  }
}

function drive(context: BenchContext, wrk: string, { target }: AiproxyStarted, seconds: number) {
  const { loadCore: core, workDir } = context;
  return runWrk({ wrk, target, connections: CONNECTIONS, seconds, core, workDir });
}

async function measure(
  context: BenchContext,
  wrk: string,
  gateway: AiproxyStarted,
  { isWatched }: Variant,
): Promise<ConsoleFigures> {
  const watcher = isWatched ? await startWatcher(context, gateway) : null;
  try {
    const beforeMs = processorMs(gateway.pid);
    const figures = await drive(context, wrk, gateway, context.options.seconds);
    const usedMs = processorMs(gateway.pid) - beforeMs;
    return { ...figures, processorUs: (usedMs * 1000) / figures.requests };
  } finally {
    await watcher?.stop();
  }
}

async function startWatcher(context: BenchContext, { consoleUrl, adminToken }: AiproxyStarted) {
  const order: WatchOrder = { consoleUrl, adminToken };
  const program = join(import.meta.dirname, '../load/console-watch.ts');
  const child = startChild([process.execPath, program, JSON.stringify(order)], { core: context.loadCore });
  await child.line((line) => line === 'watching', 30_000);
  return child;
}

/** How much more processor time a request takes while somebody looks: unlike the rate, the load does not bound it. */
function cost(rounds: Rounds<ConsoleFigures>): number {
  const of = (name: string) => roundsOf(rounds, name).map(({ processorUs }) => processorUs);
  return pairedRatio(of('watched'), of('alone')) - 1;
}

function resultOf(rounds: Rounds<ConsoleFigures>, upstream: string): ScenarioResult {
  const more = cost(rounds);
  const goal = {
    what: 'processor time a request takes more while an overview is open',
    goal: `< ${MOST * 100} %`,
    figure: `${figure(more * 100, 1)} %`,
    met: more < MOST,
  };
  return {
    tables: [tableOf(rounds, upstream)],
    goals: Number.isFinite(more) ? [goal] : failureGoals(rounds, TITLE, ['alone', 'watched']),
    figures: {
      upstream,
      rounds: Object.fromEntries(rounds.by),
      failures: Object.fromEntries(rounds.failures),
    },
  };
}

function tableOf(rounds: Rounds<ConsoleFigures>, upstream: string): Table {
  const rows = [...rounds.by].map(([name, all]) => [
    name,
    figure(medianOf(all, ({ requestsPerSecond }) => requestsPerSecond)),
    figure(
      medianOf(all, ({ p99Ms }) => p99Ms),
      2,
    ),
    figure(
      medianOf(all, ({ processorUs }) => processorUs),
      1,
    ),
  ]);
  return {
    title: `${TITLE}, ${CONNECTIONS} connections`,
    columns: ['aiproxy', 'requests/s', 'p99 ms', 'CPU µs/request'],
    rows,
    notes: [
      `Upstream: ${upstream}. The one who looks shares core 1 with the load, so requests/s fall for that too.`,
      ...failureNotes(rounds),
    ],
  };
}
