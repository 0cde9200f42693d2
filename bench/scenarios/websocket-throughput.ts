import type { Running } from '../contenders/contender.ts';
import { directTarget } from '../contenders/direct.ts';
import type { BenchContext, Goal, ScenarioResult } from '../context.ts';
import {
  runLoad,
  type WebSocketFigures,
  type WebSocketOrder,
  type WebSocketTools,
} from '../load/websocket-tools.ts';
import { processorMs } from '../process-figures.ts';
import { alternate, failureGoals, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { medianOf, pairedRatio } from '../statistics.ts';
import { figure, type Table } from '../table.ts';

/** With less of its core than this a contender was not at its limit. */
const BUSY = 0.9;
const GOAL = 0.6;
/** Events of text as realtime APIs have them, small and with a piece of audio, and audio as it is. */
const MESSAGES = [
  { name: '100 B text', bytes: 100, kind: 'text' },
  { name: '1 KiB text', bytes: 1024, kind: 'text' },
  { name: '4 KiB binary', bytes: 4096, kind: 'binary' },
] as const;
const CONNECTIONS = [16, 64] as const;

type ThroughputFigures = WebSocketFigures & {
  /** Round trips. */
  readonly messagesPerSecond: number;
  /** Processor time of the gateway for one round trip, microseconds. */
  readonly processorUs: number;
  /** How much of its core the gateway had. */
  readonly coreShare: number;
};

interface Level {
  readonly name: string;
  readonly rounds: Rounds<ThroughputFigures>;
  readonly ceiling: WebSocketFigures;
}

/** How many messages a second go through each contender and come back, on one core. */
export async function measureThroughput(
  context: BenchContext,
  tools: WebSocketTools,
  echoPort: number,
  running: readonly Running[],
): Promise<ScenarioResult> {
  const levels: Level[] = [];
  for (const connections of CONNECTIONS) {
    for (const { name, bytes, kind } of MESSAGES) {
      const { seconds } = context.options;
      const order = { connections, bytes, kind, mode: 'closed', seconds, messagesPerSecond: 0 } as const;
      levels.push(
        await measureLevel(context, tools, echoPort, running, `${name}, ${connections} connections`, order),
      );
    }
  }
  return {
    tables: levels.map(tableOf),
    goals: levels.flatMap(goalsOf),
    figures: levels.map(({ name, ceiling, rounds }) => ({
      name,
      ceiling,
      rounds: Object.fromEntries(rounds.by),
      failures: Object.fromEntries(rounds.failures),
    })),
  };
}

async function measureLevel(
  context: BenchContext,
  tools: WebSocketTools,
  echoPort: number,
  running: readonly Running[],
  name: string,
  order: WebSocketOrder,
): Promise<Level> {
  const ceiling = await runLoad(context, tools, directTarget(echoPort), { ...order, seconds: 1 });
  for (const one of running)
    await runLoad(context, tools, one.target, { ...order, seconds: 1 }).catch(() => null);
  const rounds = await alternate(context, `WebSocket, ${name}`, running, (one) =>
    measureOne(context, tools, one, order),
  );
  return { name, rounds, ceiling };
}

async function measureOne(
  context: BenchContext,
  tools: WebSocketTools,
  { pid, target }: Running,
  order: WebSocketOrder,
): Promise<ThroughputFigures> {
  const beforeMs = processorMs(pid);
  const figures = await runLoad(context, tools, target, order);
  const usedMs = processorMs(pid) - beforeMs;
  const messagesPerSecond = figures.messages / figures.seconds;
  // The generator's warm-up, which does not count there, cost processor time as well.
  const passed = messagesPerSecond * (figures.seconds + WARM_UP_SECONDS);
  const processorUs = (usedMs * 1000) / passed;
  return { ...figures, messagesPerSecond, processorUs, coreShare: (processorUs * messagesPerSecond) / 1e6 };
}

/** As `websocket/load.c` has it. */
const WARM_UP_SECONDS = 0.5;

function tableOf({ name, rounds, ceiling }: Level): Table {
  const rows = [...rounds.by].map(([contender, all]) => [
    contender,
    figure(medianOf(all, (one) => one.messagesPerSecond)),
    figure(ratio(rounds, contender), 2),
    figure(
      medianOf(all, (one) => one.p50Ms),
      3,
    ),
    figure(
      medianOf(all, (one) => one.p99Ms),
      3,
    ),
    figure(
      medianOf(all, (one) => one.processorUs),
      1,
    ),
    figure(medianOf(all, (one) => one.coreShare * 100)),
  ]);
  return {
    title: `WebSocket messages there and back, ${name}`,
    columns: ['contender', 'messages/s', '× nginx-lua', 'p50 ms', 'p99 ms', 'CPU µs/message', 'core %'],
    rows,
    notes: [
      `The generator straight at the echo: ${figure(ceiling.messages / ceiling.seconds)} messages/s.`,
      ...paceNotes(rounds),
      ...failureNotes(rounds),
    ],
  };
}

/** Names those whose own core had time left: their figures are too low, and ratios to them too high. */
function paceNotes(rounds: Rounds<ThroughputFigures>): readonly string[] {
  const spared = [...rounds.by].filter(([, all]) => medianOf(all, (one) => one.coreShare) < BUSY);
  return spared.length === 0 ? [] : [`NOT AT THEIR LIMIT: ${spared.map(([name]) => name).join(', ')}.`];
}

/** A rate says nothing where somebody's core had time left; processor time for one message then does. */
function goalsOf({ name, rounds }: Level): readonly Goal[] {
  const what = `WebSocket messages, ${name}`;
  const isAtLimit = ['aiproxy', 'nginx-lua'].every((one) => coreShare(rounds, one) >= BUSY);
  const reached = isAtLimit ? ratio(rounds, 'aiproxy') : processorRatio(rounds);
  if (!Number.isFinite(reached)) return failureGoals(rounds, what);
  const told = figure(reached, 2);
  return [
    {
      what: `${what}, × nginx`,
      goal: `≥ ${GOAL}`,
      figure: isAtLimit ? told : `${told} (by processor time)`,
      met: reached >= GOAL,
    },
  ];
}

function coreShare(rounds: Rounds<ThroughputFigures>, name: string): number {
  return medianOf(roundsOf(rounds, name), (one) => one.coreShare);
}

function processorRatio(rounds: Rounds<ThroughputFigures>): number {
  const times = (one: string) => roundsOf(rounds, one).map((round) => round.processorUs);
  return pairedRatio(times('nginx-lua'), times('aiproxy'));
}

function ratio(rounds: Rounds<ThroughputFigures>, name: string): number {
  const rates = (one: string) => roundsOf(rounds, one).map((round) => round.messagesPerSecond);
  return pairedRatio(rates(name), rates('nginx-lua'));
}
