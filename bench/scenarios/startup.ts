import { join } from 'node:path';
import { launchAiproxy, writeAiproxyConfig } from '../contenders/aiproxy.ts';
import { type BenchContext, contenderStart, notMeasured, type ScenarioResult } from '../context.ts';
import { residentBytes } from '../process-figures.ts';
import { median } from '../statistics.ts';
import { figure } from '../table.ts';
import { startChatUpstream } from '../upstream/start.ts';
import { measureFlatness } from './flatness.ts';

const TITLE = 'Start with a JSON document of 10,000 users';
const SIZE = { users: 10_000, channels: 1 };
const GOAL_MS = 1000;

interface StartFigures {
  /** The very first start of the data folder, which makes the admin's user and key. */
  readonly firstMs: number;
  readonly laterMs: readonly number[];
  /** The launcher's own memory, where it is a process beside the serving one; else 0. */
  readonly launcherMib: number;
}

/** How soon AIProxy is ready, and whether a request costs the same however large the configuration is. */
export async function startupScenario(context: BenchContext): Promise<ScenarioResult> {
  if (!context.contenders.includes('aiproxy')) return notMeasured(TITLE, 'aiproxy does not take part');
  const upstream = await startChatUpstream({ ...context, core: context.loadCore });
  try {
    const started = startResult(await measureStarts(context, upstream.port));
    const flat = await measureFlatness(context, upstream.port);
    return {
      tables: [...started.tables, ...flat.tables],
      goals: [...started.goals, ...flat.goals],
      figures: { start: started.figures, flatness: flat.figures },
    };
  } finally {
    await upstream.stop();
  }
}

async function measureStarts(context: BenchContext, upstreamPort: number): Promise<StartFigures> {
  const dataDir = join(context.workDir, 'aiproxy-start');
  const start = contenderStart(context, upstreamPort);
  const program = context.installed.aiproxy;
  writeAiproxyConfig(dataDir, start, SIZE);
  const times: number[] = [];
  let launcherMib = 0;
  for (let round = 0; round <= context.options.rounds; round += 1) {
    context.say(`start ${round} of ${context.options.rounds}`);
    const running = await launchAiproxy({ ...start, program }, dataDir, SIZE);
    times.push(running.readyMs);
    if (running.launcherPid !== running.pid) launcherMib = residentBytes(running.launcherPid) / 1024 / 1024;
    await running.stop();
  }
  const [firstMs = Number.NaN, ...laterMs] = times;
  return { firstMs, laterMs, launcherMib };
}

function startResult(figures: StartFigures): ScenarioResult {
  const laterMs = median(figures.laterMs);
  const table = {
    title: TITLE,
    columns: ['what', 'ms'],
    rows: [
      ['first start, which makes the admin', figure(figures.firstMs)],
      ['later starts', figure(laterMs)],
    ],
    notes: [
      'From spawning the command to its ready line.',
      `The launcher stays as a process of ${figure(figures.launcherMib, 1)} MiB (0: there is none).`,
    ],
  };
  const goal = {
    what: 'ready with 10,000 users',
    goal: `≤ ${figure(GOAL_MS)} ms`,
    figure: `${figure(laterMs)} ms`,
    met: laterMs <= GOAL_MS,
  };
  return { tables: [table], goals: [goal], figures };
}
