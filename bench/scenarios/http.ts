import type { Running } from '../contenders/contender.ts';
import { directTarget } from '../contenders/direct.ts';
import {
  type BenchContext,
  contenderStart,
  type Goal,
  notMeasured,
  type ScenarioResult,
} from '../context.ts';
import { withLineup } from '../lineup.ts';
import { processorMs } from '../process-figures.ts';
import { alternate, failureGoals, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { medianOf, pairedRatio } from '../statistics.ts';
import { figure, type Table } from '../table.ts';
import type { Target } from '../target.ts';
import { startChatUpstream, type Upstream } from '../upstream/start.ts';
import { runWrk, type WrkFigures } from '../wrk.ts';

/** With less of its core than this a contender was not at its limit. */
const BUSY = 0.9;
const CONNECTIONS = [16, 64] as const;
const TITLE = 'Throughput: chat requests as fast as they go';

type HttpFigures = WrkFigures & {
  /** Processor time of the gateway for one request, all threads, microseconds. */
  readonly processorUs: number;
  /** How much of its core the gateway had; well below 1, it was the load or a stranger that set the pace. */
  readonly coreShare: number;
};

interface Level {
  readonly connections: number;
  readonly rounds: Rounds<HttpFigures>;
  readonly ceiling: WrkFigures;
}

/** How many requests a second each contender carries on one core, at 16 and at 64 connections. */
export async function httpScenario(context: BenchContext): Promise<ScenarioResult> {
  const { wrk } = context.installed;
  if (!wrk) return notMeasured(TITLE, 'wrk is not installed (Debian: wrk)');
  const upstream = await startChatUpstream({ ...context, core: context.loadCore });
  try {
    return await withLineup(context.contenders, contenderStart(context, upstream.port), async (running) => {
      const levels: Level[] = [];
      const warmUpSeconds = context.options.quick ? 1 : 3;
      // Whoever fails here fails again below, and is named there.
      for (const one of running) await drive(context, wrk, one.target, 64, warmUpSeconds).catch(() => null);
      for (const connections of CONNECTIONS)
        levels.push(await measureLevel(context, wrk, upstream, running, connections));
      return resultOf(levels, upstream);
    });
  } finally {
    await upstream.stop();
  }
}

async function measureLevel(
  context: BenchContext,
  wrk: string,
  upstream: Upstream,
  running: readonly Running[],
  connections: number,
): Promise<Level> {
  const { seconds } = context.options;
  const ceiling = await drive(context, wrk, directTarget(upstream.port), connections, seconds);
  const rounds = await alternate(context, `throughput, ${connections} connections`, running, async (one) => {
    const beforeMs = processorMs(one.pid);
    const figures = await drive(context, wrk, one.target, connections, seconds);
    const usedMs = processorMs(one.pid) - beforeMs;
    const { requests, requestsPerSecond } = figures;
    const coreShare = (usedMs / 1000) * (requestsPerSecond / requests);
    return { ...figures, processorUs: (usedMs * 1000) / requests, coreShare };
  });
  return { connections, rounds, ceiling };
}

function drive(context: BenchContext, wrk: string, target: Target, connections: number, seconds: number) {
  return runWrk({ wrk, target, connections, seconds, core: context.loadCore, workDir: context.workDir });
}

function resultOf(levels: readonly Level[], upstream: Upstream): ScenarioResult {
  return {
    tables: levels.map((level) => tableOf(level, upstream)),
    goals: levels.flatMap(goalsOf),
    figures: {
      upstream: upstream.kind,
      levels: levels.map(({ connections, ceiling, rounds }) => ({
        connections,
        ceiling,
        rounds: Object.fromEntries(rounds.by),
        failures: Object.fromEntries(rounds.failures),
      })),
    },
  };
}

function tableOf({ connections, rounds, ceiling }: Level, upstream: Upstream): Table {
  const rows = [...rounds.by].map(([name, all]) => [
    name,
    figure(medianOf(all, (one) => one.requestsPerSecond)),
    figure(ratio(rounds, name, 'nginx-lua'), 2),
    figure(
      medianOf(all, (one) => one.p50Ms),
      2,
    ),
    figure(
      medianOf(all, (one) => one.p99Ms),
      2,
    ),
    figure(
      medianOf(all, (one) => one.processorUs),
      1,
    ),
    figure(medianOf(all, (one) => one.coreShare * 100)),
  ]);
  return {
    title: `${TITLE}, ${connections} connections`,
    columns: ['contender', 'requests/s', '× nginx-lua', 'p50 ms', 'p99 ms', 'CPU µs/request', 'core %'],
    rows,
    notes: [
      `Upstream: ${upstream.kind}. wrk straight at it: ${figure(ceiling.requestsPerSecond)} requests/s.`,
      ...paceNotes(rounds),
      ...failureNotes(rounds),
    ],
  };
}

/** Names those whose own core had time left: their figures are too low, and ratios to them too high. */
function paceNotes(rounds: Rounds<HttpFigures>): readonly string[] {
  const spared = [...rounds.by]
    .filter(([, all]) => medianOf(all, (one) => one.coreShare) < BUSY)
    .map(([name]) => name);
  return spared.length === 0
    ? []
    : [`NOT AT THEIR LIMIT (the machine was not free, or the load too small): ${spared.join(', ')}.`];
}

function goalsOf({ connections, rounds }: Level): readonly Goal[] {
  const toNginx = ratio(rounds, 'aiproxy', 'nginx-lua');
  const toPortkey = ratio(rounds, 'aiproxy', 'portkey');
  const goals = [
    {
      what: `throughput at ${connections} connections, × nginx + Lua`,
      least: 0.35,
      reached: toNginx,
      digits: 2,
    },
    { what: `throughput at ${connections} connections, × Portkey`, least: 10, reached: toPortkey, digits: 1 },
  ];
  const reached = goals
    .filter((goal) => Number.isFinite(goal.reached))
    .map((goal) => ({
      what: goal.what,
      goal: `≥ ${goal.least}`,
      figure: figure(goal.reached, goal.digits),
      met: goal.reached >= goal.least,
    }));
  return [...reached, ...failureGoals(rounds, `throughput at ${connections} connections`)];
}

function ratio(rounds: Rounds<HttpFigures>, name: string, to: string): number {
  const rates = (one: string) => roundsOf(rounds, one).map((round) => round.requestsPerSecond);
  return pairedRatio(rates(name), rates(to));
}
