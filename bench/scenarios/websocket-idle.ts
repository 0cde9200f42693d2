import { startChild } from '../children.ts';
import type { ContenderStart, Running } from '../contenders/contender.ts';
import type { BenchContext, Goal, ScenarioResult } from '../context.ts';
import { withLineup } from '../lineup.ts';
import {
  loadCommand,
  parseFigures,
  runLoad,
  type WebSocketFigures,
  type WebSocketTools,
} from '../load/websocket-tools.ts';
import type { ContenderName } from '../options.ts';
import { residentBytes } from '../process-figures.ts';
import { failureGoals, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { figure, type Table } from '../table.ts';

const CONNECTIONS = 5000;
const WARM_UP_CONNECTIONS = 400;
const GOAL_KIB = 28;
/** How long they are quiet: what opening them left behind has been collected by then. */
const QUIET_SECONDS = 6;

type IdleFigures = WebSocketFigures & {
  /** Memory that came with each open connection, KiB. */
  readonly memoryKib: number;
};

/** What connections cost that are open and quiet, and whether each still carries a message. In new processes, once: memory that was there before would not be counted. */
export async function measureIdle(
  context: BenchContext,
  tools: WebSocketTools,
  start: ContenderStart,
  names: readonly ContenderName[],
): Promise<ScenarioResult> {
  const by = new Map<string, readonly IdleFigures[]>();
  const failures = new Map<string, string>();
  for (const name of names) {
    context.say(`${figure(CONNECTIONS)} idle WebSockets: ${name}`);
    try {
      by.set(name, [await withLineup([name], start, ([one]) => measure(context, tools, one))]);
    } catch (error) {
      failures.set(name, error instanceof Error ? error.message : String(error));
    }
  }
  const rounds = { by, failures };
  const figures = { rounds: Object.fromEntries(by), failures: Object.fromEntries(failures) };
  return { tables: [tableOf(rounds)], goals: goalsOf(rounds), figures };
}

async function measure(
  context: BenchContext,
  tools: WebSocketTools,
  running: Running | undefined,
): Promise<IdleFigures> {
  if (running === undefined) throw new Error('did not start');
  const { pid, target } = running;
  const order = {
    connections: CONNECTIONS,
    bytes: 100,
    kind: 'text',
    mode: 'idle',
    messagesPerSecond: 0,
  } as const;
  // Code and buffers grow to what opening takes, however many there are.
  await runLoad(context, tools, target, { ...order, connections: WARM_UP_CONNECTIONS, seconds: 0 });
  const idleBytes = residentBytes(pid);
  const command = loadCommand(tools, target, { ...order, seconds: QUIET_SECONDS });
  const client = startChild(command, { core: context.loadCore });
  try {
    await client.line((line) => line.includes('"open"'), 60_000);
    await new Promise((resolve) => setTimeout(resolve, (QUIET_SECONDS - 1) * 1000));
    const openBytes = residentBytes(pid);
    const line = await client.line((one) => one.startsWith('{"messages"'), 60_000);
    return { ...parseFigures(line), memoryKib: (openBytes - idleBytes) / 1024 / CONNECTIONS };
  } finally {
    await client.stop();
  }
}

function tableOf(rounds: Rounds<IdleFigures>): Table {
  return {
    title: `${figure(CONNECTIONS)} idle WebSockets`,
    columns: ['contender', 'KiB each', 'messages through them afterwards', 'lost'],
    rows: [...rounds.by].flatMap(([name, all]) =>
      all.map(({ memoryKib, messages, lost }) => [
        name,
        figure(memoryKib, 1),
        figure(messages),
        figure(lost),
      ]),
    ),
    notes: [
      `Resident memory, ${QUIET_SECONDS - 1} s after the last was opened, less what the process had before.`,
      ...failureNotes(rounds),
    ],
  };
}

function goalsOf(rounds: Rounds<IdleFigures>): readonly Goal[] {
  const [ours] = roundsOf(rounds, 'aiproxy');
  if (ours === undefined) return failureGoals(rounds, 'idle WebSockets');
  return [
    {
      what: 'memory of an idle WebSocket',
      goal: `≤ ${GOAL_KIB} KiB`,
      figure: `${figure(ours.memoryKib, 1)} KiB`,
      met: ours.memoryKib <= GOAL_KIB,
    },
    {
      what: 'messages lost after an idle time',
      goal: '0',
      figure: figure(ours.lost),
      met: ours.lost === 0 && ours.messages === CONNECTIONS,
    },
  ];
}
