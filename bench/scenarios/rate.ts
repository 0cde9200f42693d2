import { join } from 'node:path';
import { runToEnd } from '../children.ts';
import { directTarget } from '../contenders/direct.ts';
import { type BenchContext, contenderStart, type ScenarioResult } from '../context.ts';
import { withLineup } from '../lineup.ts';
import type { OpenLoopFigures, OpenLoopOrder } from '../load/orders.ts';
import { alternate, failureGoals, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { median, medianOf } from '../statistics.ts';
import { figure, type Table } from '../table.ts';
import type { Target } from '../target.ts';
import { startChatUpstream } from '../upstream/start.ts';

const REQUESTS_PER_SECOND = 5000;
const CONNECTIONS = 64;
const GOAL_MS = 0.3;

/** How much later answers come through each contender than straight from the upstream, at a fixed rate. */
export async function rateScenario(context: BenchContext): Promise<ScenarioResult> {
  const upstream = await startChatUpstream({ ...context, core: context.loadCore });
  try {
    return await withLineup(context.contenders, contenderStart(context, upstream.port), async (running) => {
      const direct = { name: 'direct', target: directTarget(upstream.port) };
      for (const one of running) await measure(context, one.target, 1).catch(() => null);
      const rounds = await alternate(context, 'fixed rate', [direct, ...running], (one) =>
        measure(context, one.target, context.options.seconds),
      );
      return resultOf(rounds, upstream.kind);
    });
  } finally {
    await upstream.stop();
  }
}

async function measure(context: BenchContext, target: Target, seconds: number): Promise<OpenLoopFigures> {
  const order: OpenLoopOrder = {
    target,
    seconds,
    requestsPerSecond: REQUESTS_PER_SECOND,
    connections: CONNECTIONS,
    warmUpSeconds: 1,
  };
  const program = join(import.meta.dirname, '../load/open-loop.ts');
  const output = await runToEnd([process.execPath, program, JSON.stringify(order)], {
    core: context.loadCore,
  });
  const figures: OpenLoopFigures = JSON.parse(output);
  if (figures.saturated) throw new Error(`cannot carry ${REQUESTS_PER_SECOND} requests/s`);
  if (figures.refused > 0) throw new Error(`${figures.refused} requests were refused`);
  return figures;
}

function resultOf(rounds: Rounds<OpenLoopFigures>, upstream: string): ScenarioResult {
  const addedMs = added(rounds, 'aiproxy', (round) => round.latencyMs.p50);
  const goal = {
    what: `added median at ${figure(REQUESTS_PER_SECOND)} requests/s`,
    goal: `≤ ${GOAL_MS} ms`,
    figure: `${figure(addedMs, 3)} ms`,
    met: addedMs <= GOAL_MS,
  };
  return {
    tables: [tableOf(rounds, upstream)],
    goals: Number.isFinite(addedMs) ? [goal] : failureGoals(rounds, 'fixed rate'),
    figures: {
      upstream,
      rounds: Object.fromEntries(rounds.by),
      failures: Object.fromEntries(rounds.failures),
    },
  };
}

function tableOf(rounds: Rounds<OpenLoopFigures>, upstream: string): Table {
  const rows = [...rounds.by].map(([name, all]) => [
    name,
    figure(
      medianOf(all, (one) => one.latencyMs.p50),
      3,
    ),
    figure(
      medianOf(all, (one) => one.latencyMs.p99),
      3,
    ),
    figure(
      added(rounds, name, (one) => one.latencyMs.p50),
      3,
    ),
    figure(
      added(rounds, name, (one) => one.latencyMs.p99),
      3,
    ),
  ]);
  const lateness = medianOf([...rounds.by.values()].flat(), (one) => one.latenessMs.p99);
  return {
    title: `Latency at a fixed ${figure(REQUESTS_PER_SECOND)} requests/s`,
    columns: ['contender', 'p50 ms', 'p99 ms', 'added p50 ms', 'added p99 ms'],
    rows,
    notes: [
      `Upstream: ${upstream}. Counted from the moment a request was due; the generator itself was late by ${figure(lateness, 3)} ms (p99).`,
      ...failureNotes(rounds),
    ],
  };
}

/** What a contender adds to the direct way, round by round, and the median of that. */
function added(
  rounds: Rounds<OpenLoopFigures>,
  name: string,
  member: (round: OpenLoopFigures) => number,
): number {
  const direct = roundsOf(rounds, 'direct').map(member);
  const through = roundsOf(rounds, name).map(member);
  return median(through.map((value, round) => value - (direct[round] ?? Number.NaN)));
}
