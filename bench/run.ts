// `npm run bench`: measures AIProxy beside its peers. See README.md in this folder.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killAll } from './children.ts';
import type { BenchContext, Scenario, ScenarioResult } from './context.ts';
import { type Installed, lookAround, missing } from './installed.ts';
import { describeMachine } from './machine.ts';
import {
  type BenchOptions,
  type ContenderName,
  parseOptions,
  type ScenarioName,
  USAGE,
  UsageError,
} from './options.ts';
import { type BenchReport, plainReport, writeReport } from './report.ts';
import { consoleScenario } from './scenarios/console.ts';
import { httpScenario } from './scenarios/http.ts';
import { memoryScenario } from './scenarios/memory.ts';
import { rateScenario } from './scenarios/rate.ts';
import { sseScenario } from './scenarios/sse.ts';
import { startupScenario } from './scenarios/startup.ts';
import { websocketScenario } from './scenarios/websocket.ts';

const RUN: Readonly<Record<ScenarioName, Scenario>> = {
  http: httpScenario,
  rate: rateScenario,
  sse: sseScenario,
  websocket: websocketScenario,
  memory: memoryScenario,
  startup: startupScenario,
  console: consoleScenario,
};

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  const workDir = mkdtempSync(join(tmpdir(), 'aiproxy-bench-'));
  process.once('exit', () => {
    killAll();
    rmSync(workDir, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const report = await measure(options, workDir);
  process.stdout.write(`${plainReport(report)}\n`);
  const name = writeReport(join(import.meta.dirname, 'results'), report);
  process.stdout.write(`Written to bench/results/${name}.json and .md\n`);
}

async function measure(options: BenchOptions, workDir: string): Promise<BenchReport> {
  if (options.contenders.includes('aiproxy')) build();
  const installed = lookAround(options.baseline);
  const remarks = remarksOn(options, installed);
  for (const remark of remarks) say(remark);
  const context: BenchContext = {
    options,
    installed,
    contenders: options.contenders.filter((name) => missing(name, installed) === null),
    contenderCore: installed.pinning ? 0 : null,
    loadCore: installed.pinning ? 1 : null,
    workDir,
    say,
  };
  const machine = describeMachine();
  const scenarios: Record<string, ScenarioResult> = {};
  for (const name of options.only) scenarios[name] = await RUN[name](context);
  return { machine, options, remarks, scenarios };
}

/** The program is measured as it is built from what stands in the tree. */
function build(): void {
  const builder = join(import.meta.dirname, '../scripts/build-if-stale.js');
  const { status } = spawnSync(process.execPath, [builder], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the build failed');
}

function remarksOn(options: BenchOptions, installed: Installed): readonly string[] {
  const skipped = options.contenders.flatMap((name: ContenderName) => {
    const reason = missing(name, installed);
    return reason === null ? [] : [`Skipped ${name}: ${reason}.`];
  });
  const binding = installed.pinning
    ? 'Each contender runs alone on core 0; upstream and load generator share core 1.'
    : 'Nothing is bound to a core (that takes taskset and two cores): the figures are not comparable.';
  return [binding, ...skipped];
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const text =
      error instanceof UsageError
        ? `${error.message}\n${USAGE}`
        : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  },
);
