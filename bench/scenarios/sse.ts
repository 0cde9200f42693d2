import { join } from 'node:path';
import { startChild } from '../children.ts';
import { directTarget } from '../contenders/direct.ts';
import { type BenchContext, contenderStart, type Goal, type ScenarioResult } from '../context.ts';
import { withLineup } from '../lineup.ts';
import type { StreamFigures, StreamOrder } from '../load/orders.ts';
import { processorMs, residentBytes } from '../process-figures.ts';
import { alternate, failureGoals, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { medianOf, pairedRatio } from '../statistics.ts';
import { figure, type Table } from '../table.ts';
import type { Target } from '../target.ts';
import { startNodeUpstream } from '../upstream/start.ts';

const STREAMS = 1000;
const EVENTS_PER_SECOND = 20;
const TITLE = `Event streams: ${figure(STREAMS)} at ${EVENTS_PER_SECOND} events/s each`;

type SseFigures = StreamFigures & {
  /** Memory that came with each open stream, KiB. */
  readonly memoryKib: number;
  /** Processor time of the gateway for one event, microseconds. */
  readonly processorUs: number;
};

/** Whether every event arrives, in order and in time, and what an open stream costs. */
export async function sseScenario(context: BenchContext): Promise<ScenarioResult> {
  const upstream = await startNodeUpstream({ ...context, core: context.loadCore }, EVENTS_PER_SECOND);
  try {
    return await withLineup(context.contenders, contenderStart(context, upstream.port), async (running) => {
      const direct = { name: 'direct', target: directTarget(upstream.port), pid: 0 };
      const rounds = await alternate(context, 'event streams', [direct, ...running], (one) =>
        measure(context, one.target, one.pid),
      );
      return resultOf(rounds);
    });
  } finally {
    await upstream.stop();
  }
}

async function measure(context: BenchContext, target: Target, pid: number): Promise<SseFigures> {
  const { seconds } = context.options;
  const order: StreamOrder = { target, seconds, streams: STREAMS, eventsPerSecond: EVENTS_PER_SECOND };
  const idleBytes = residentBytes(pid);
  const beforeMs = processorMs(pid);
  const program = join(import.meta.dirname, '../load/stream-client.ts');
  const client = startChild([process.execPath, program, JSON.stringify(order)], { core: context.loadCore });
  try {
    const endMs = (seconds + 30) * 1000;
    await client.line((line) => line.includes('"open"'), endMs);
    const openBytes = await watchResident(pid, seconds * 1000);
    const figures: StreamFigures = JSON.parse(await client.line((line) => line.includes('"faults"'), endMs));
    return {
      ...figures,
      memoryKib: (openBytes - idleBytes) / 1024 / STREAMS,
      processorUs: ((processorMs(pid) - beforeMs) * 1000) / figures.events,
    };
  } finally {
    await client.stop();
  }
}

/** The median of the resident memory over that time, in bytes; a single look could fall on either side of a collection. */
async function watchResident(pid: number, durationMs: number): Promise<number> {
  const seen: number[] = [];
  const untilMs = performance.now() + durationMs;
  while (performance.now() < untilMs) {
    seen.push(residentBytes(pid));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return medianOf(seen, (bytes) => bytes);
}

function resultOf(rounds: Rounds<SseFigures>): ScenarioResult {
  return {
    tables: [tableOf(rounds)],
    goals: goalsOf(rounds),
    figures: { rounds: Object.fromEntries(rounds.by), failures: Object.fromEntries(rounds.failures) },
  };
}

function tableOf(rounds: Rounds<SseFigures>): Table {
  const rows = [...rounds.by].map(([name, all]) => [
    name,
    figure(all.reduce((sum, one) => sum + one.events, 0)),
    figure(faultsOf(all)),
    figure(
      medianOf(all, (one) => one.betweenMs.p50),
      1,
    ),
    figure(
      medianOf(all, (one) => one.betweenMs.p99),
      1,
    ),
    figure(
      medianOf(all, (one) => one.onTheWayMs.p50),
      2,
    ),
    figure(
      medianOf(all, (one) => one.onTheWayMs.p99),
      2,
    ),
    figure(memoryOf(all), 1),
    figure(
      medianOf(all, (one) => one.processorUs),
      1,
    ),
  ]);
  return {
    title: TITLE,
    columns: [
      'contender',
      'events',
      'lost, moved or altered',
      'between p50 ms',
      'between p99 ms',
      'on the way p50 ms',
      'on the way p99 ms',
      'KiB/stream',
      'CPU µs/event',
    ],
    rows,
    notes: [
      'Upstream: node, paced. Memory per stream: the most of all rounds; later rounds find memory that is already there.',
      ...failureNotes(rounds),
    ],
  };
}

function goalsOf(rounds: Rounds<SseFigures>): readonly Goal[] {
  const ours = roundsOf(rounds, 'aiproxy');
  if (ours.length === 0) return failureGoals(rounds, 'event streams');
  const faults = faultsOf(ours);
  const memoryKib = memoryOf(ours);
  const delay = pairedRatio(delays(ours), delays(roundsOf(rounds, 'nginx-lua')));
  const goals: Goal[] = [
    { what: 'events lost, moved or altered', goal: '0', figure: figure(faults), met: faults === 0 },
    {
      what: 'memory of an open stream',
      goal: '≤ 80 KiB',
      figure: `${figure(memoryKib, 1)} KiB`,
      met: memoryKib <= 80,
    },
  ];
  const comparison = {
    what: 'p99 between two events, × nginx',
    goal: '≤ 2',
    figure: figure(delay, 2),
    met: delay <= 2,
  };
  return Number.isFinite(delay) ? [...goals, comparison] : goals;
}

function delays(rounds: readonly SseFigures[]): readonly number[] {
  return rounds.map((round) => round.betweenMs.p99);
}

function faultsOf(rounds: readonly SseFigures[]): number {
  const sum = ({ faults }: SseFigures) =>
    faults.lost + faults.outOfOrder + faults.altered + faults.unfinished;
  return rounds.reduce((all, round) => all + sum(round), 0);
}

function memoryOf(rounds: readonly SseFigures[]): number {
  return Math.max(...rounds.map((round) => round.memoryKib));
}
