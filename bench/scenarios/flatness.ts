import { join } from 'node:path';
import {
  type AiproxySize,
  type AiproxyStarted,
  launchAiproxy,
  writeAiproxyConfig,
} from '../contenders/aiproxy.ts';
import {
  type BenchContext,
  contenderStart,
  type Goal,
  notMeasured,
  type ScenarioResult,
} from '../context.ts';
import { processorMs } from '../process-figures.ts';
import { alternate, failureNotes, type Rounds, roundsOf } from '../rounds.ts';
import { medianOf, pairedRatio } from '../statistics.ts';
import { figure } from '../table.ts';
import { runWrk } from '../wrk.ts';

const TITLE = 'Throughput by size of the configuration, 64 connections';
/** What counts as flat: the measurement itself is not steadier. */
const FLAT = 0.9;

const SMALL = { name: '10 users, 1 channel', users: 10, channels: 1 };
const MANY_USERS = { name: '10,000 users, 1 channel', users: 10_000, channels: 1 };
const MANY_CHANNELS = { name: '10 users, 1,000 channels', users: 10, channels: 1000 };

interface FlatFigures {
  readonly requestsPerSecond: number;
  readonly processorUs: number;
}

type Sized = AiproxyStarted & { readonly name: string };

/** Runs the program with small and large documents side by side and compares what they carry. */
export async function measureFlatness(context: BenchContext, upstreamPort: number): Promise<ScenarioResult> {
  const { wrk } = context.installed;
  if (!wrk) return notMeasured(TITLE, 'wrk is not installed (Debian: wrk)');
  const running: Sized[] = [];
  try {
    for (const size of [SMALL, MANY_USERS, MANY_CHANNELS])
      running.push(await launch(context, upstreamPort, size));
    for (const one of running) await measure(context, wrk, one, 1).catch(() => null);
    const rounds = await alternate(context, 'size of the configuration', running, (one) =>
      measure(context, wrk, one, context.options.seconds),
    );
    return resultOf(rounds);
  } finally {
    for (const one of running) await one.stop();
  }
}

async function launch(
  context: BenchContext,
  upstreamPort: number,
  size: AiproxySize & { readonly name: string },
): Promise<Sized> {
  const dataDir = join(context.workDir, `aiproxy-${size.users}-${size.channels}`);
  const start = contenderStart(context, upstreamPort);
  const program = context.installed.aiproxy;
  writeAiproxyConfig(dataDir, start, size);
  return { ...(await launchAiproxy({ ...start, program }, dataDir, size)), name: size.name };
}

async function measure(
  context: BenchContext,
  wrk: string,
  one: Sized,
  seconds: number,
): Promise<FlatFigures> {
  const beforeMs = processorMs(one.pid);
  const { loadCore: core, workDir } = context;
  const { requests, requestsPerSecond } = await runWrk({
    wrk,
    target: one.target,
    connections: 64,
    seconds,
    core,
    workDir,
  });
  return { requestsPerSecond, processorUs: ((processorMs(one.pid) - beforeMs) * 1000) / requests };
}

function resultOf(rounds: Rounds<FlatFigures>): ScenarioResult {
  const table = {
    title: TITLE,
    columns: ['configuration', 'requests/s', `× ${SMALL.name}`, 'CPU µs/request'],
    rows: [...rounds.by].map(([name, all]) => [
      name,
      figure(medianOf(all, (one) => one.requestsPerSecond)),
      figure(ratio(rounds, name), 2),
      figure(
        medianOf(all, (one) => one.processorUs),
        1,
      ),
    ]),
    notes: failureNotes(rounds),
  };
  return {
    tables: [table],
    goals: [goalOf(rounds, MANY_USERS.name), goalOf(rounds, MANY_CHANNELS.name)],
    figures: { rounds: Object.fromEntries(rounds.by), failures: Object.fromEntries(rounds.failures) },
  };
}

function goalOf(rounds: Rounds<FlatFigures>, name: string): Goal {
  const reached = ratio(rounds, name);
  return {
    what: `throughput with ${name}, × ${SMALL.name}`,
    goal: `≥ ${FLAT} (flat)`,
    figure: figure(reached, 2),
    met: reached >= FLAT,
  };
}

function ratio(rounds: Rounds<FlatFigures>, name: string): number {
  const rates = (one: string) => roundsOf(rounds, one).map((round) => round.requestsPerSecond);
  return pairedRatio(rates(name), rates(SMALL.name));
}
