import type { Running } from '../contenders/contender.ts';
import { directTarget } from '../contenders/direct.ts';
import type { BenchContext, Goal, ScenarioResult } from '../context.ts';
import { runLoad, type WebSocketFigures, type WebSocketTools } from '../load/websocket-tools.ts';
import { alternate, failureGoals, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { median, medianOf } from '../statistics.ts';
import { figure, type Table } from '../table.ts';

const MESSAGES_PER_SECOND = 5000;
const BYTES = 1024;
const GOAL_MS = 0.3;
const TITLE = `WebSocket round trip at a fixed ${figure(MESSAGES_PER_SECOND)} messages/s`;

/** How much later echoes come through each contender than straight from the platform. */
export async function measureRate(
  context: BenchContext,
  tools: WebSocketTools,
  echoPort: number,
  running: readonly Running[],
): Promise<ScenarioResult> {
  const { seconds } = context.options;
  const order = { connections: 64, bytes: BYTES, kind: 'text', mode: 'paced', seconds } as const;
  const direct = { name: 'direct', target: directTarget(echoPort) };
  const rounds = await alternate(context, 'WebSocket at a fixed rate', [direct, ...running], ({ target }) =>
    runLoad(context, tools, target, { ...order, messagesPerSecond: MESSAGES_PER_SECOND }),
  );
  return {
    tables: [tableOf(rounds)],
    goals: goalsOf(rounds),
    figures: { rounds: Object.fromEntries(rounds.by), failures: Object.fromEntries(rounds.failures) },
  };
}

function tableOf(rounds: Rounds<WebSocketFigures>): Table {
  const rows = [...rounds.by].map(([name, all]) => [
    name,
    figure(
      medianOf(all, (one) => one.p50Ms),
      3,
    ),
    figure(
      medianOf(all, (one) => one.p99Ms),
      3,
    ),
    figure(
      added(rounds, name, (one) => one.p50Ms),
      3,
    ),
    figure(
      added(rounds, name, (one) => one.p99Ms),
      3,
    ),
  ]);
  return {
    title: TITLE,
    columns: ['contender', 'p50 ms', 'p99 ms', 'added p50 ms', 'added p99 ms'],
    rows,
    notes: [
      'Text of 1 KiB over 64 connections, counted from the moment it was due.',
      ...failureNotes(rounds),
    ],
  };
}

function goalsOf(rounds: Rounds<WebSocketFigures>): readonly Goal[] {
  const addedMs = added(rounds, 'aiproxy', (round) => round.p50Ms);
  const goal = {
    what: `added median at ${figure(MESSAGES_PER_SECOND)} WebSocket messages/s`,
    goal: `≤ ${GOAL_MS} ms`,
    figure: `${figure(addedMs, 3)} ms`,
    met: addedMs <= GOAL_MS,
  };
  return Number.isFinite(addedMs) ? [goal] : failureGoals(rounds, 'WebSocket at a fixed rate');
}

/** What a contender adds to the direct way, round by round, and the median of that. */
function added(
  rounds: Rounds<WebSocketFigures>,
  name: string,
  member: (round: WebSocketFigures) => number,
): number {
  const direct = roundsOf(rounds, 'direct').map(member);
  const through = roundsOf(rounds, name).map(member);
  return median(through.map((value, round) => value - (direct[round] ?? Number.NaN)));
}
