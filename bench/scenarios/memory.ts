import type { Running } from '../contenders/contender.ts';
import {
  type BenchContext,
  contenderStart,
  type Goal,
  notMeasured,
  type ScenarioResult,
} from '../context.ts';
import { withLineup } from '../lineup.ts';
import { residentBytes } from '../process-figures.ts';
import { alternate, failureGoals, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { medianOf } from '../statistics.ts';
import { figure, type Table } from '../table.ts';
import { startChatUpstream } from '../upstream/start.ts';
import { runWrk } from '../wrk.ts';

const TITLE = 'Memory of the serving process';
const IDLE_GOAL_MIB = 100;
const LOAD_GOAL_MIB = 250;
/** What a start leaves behind has settled by then. */
const SETTLE_MS = 3000;

interface MemoryFigures {
  readonly idleMib: number;
  /** The most that was seen under 64 connections. */
  readonly loadMib: number;
}

/** Resident memory after a fresh start and under load. */
export async function memoryScenario(context: BenchContext): Promise<ScenarioResult> {
  const { wrk } = context.installed;
  if (!wrk) return notMeasured(TITLE, 'wrk is not installed (Debian: wrk)');
  const upstream = await startChatUpstream({ ...context, core: context.loadCore });
  try {
    const names = context.contenders.map((name) => ({ name }));
    const rounds = await alternate(context, 'memory', names, ({ name }) =>
      withLineup([name], contenderStart(context, upstream.port), async ([running]) => {
        if (!running) throw new Error('did not start');
        return await measure(context, wrk, running);
      }),
    );
    return resultOf(rounds);
  } finally {
    await upstream.stop();
  }
}

async function measure(context: BenchContext, wrk: string, running: Running): Promise<MemoryFigures> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const idleMib = residentMib(running.pid);
  let loadMib = idleMib;
  const watch = setInterval(() => {
    loadMib = Math.max(loadMib, residentMib(running.pid));
  }, 100);
  try {
    const { loadCore: core, workDir, options } = context;
    await runWrk({ wrk, target: running.target, connections: 64, seconds: options.seconds, core, workDir });
  } finally {
    clearInterval(watch);
  }
  return { idleMib, loadMib };
}

function residentMib(pid: number): number {
  return residentBytes(pid) / 1024 / 1024;
}

function resultOf(rounds: Rounds<MemoryFigures>): ScenarioResult {
  return {
    tables: [tableOf(rounds)],
    goals: [...goalsOf(roundsOf(rounds, 'aiproxy')), ...failureGoals(rounds, 'memory')],
    figures: { rounds: Object.fromEntries(rounds.by), failures: Object.fromEntries(rounds.failures) },
  };
}

function tableOf(rounds: Rounds<MemoryFigures>): Table {
  const rows = [...rounds.by].map(([name, all]) => [
    name,
    figure(
      medianOf(all, (one) => one.idleMib),
      1,
    ),
    figure(
      medianOf(all, (one) => one.loadMib),
      1,
    ),
  ]);
  return {
    title: TITLE,
    columns: ['contender', 'idle MiB', 'under load MiB'],
    rows,
    notes: failureNotes(rounds),
  };
}

function goalsOf(ours: readonly MemoryFigures[]): readonly Goal[] {
  if (ours.length === 0) return [];
  const goal = (what: string, mostMib: number, mib: number) => ({
    what,
    goal: `≤ ${mostMib} MiB`,
    figure: `${figure(mib, 1)} MiB`,
    met: mib <= mostMib,
  });
  return [
    goal(
      'memory idle',
      IDLE_GOAL_MIB,
      medianOf(ours, (one) => one.idleMib),
    ),
    goal(
      'memory under load',
      LOAD_GOAL_MIB,
      medianOf(ours, (one) => one.loadMib),
    ),
  ];
}
