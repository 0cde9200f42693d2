import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Goal, ScenarioResult } from './context.ts';
import type { Machine } from './machine.ts';
import { markdownTable, plainTable, type Table } from './table.ts';

/** All that a run found. */
export interface BenchReport {
  readonly machine: Machine;
  /** The options in force, so that a run can be repeated. */
  readonly options: object;
  /** Sentences about the run: what was skipped, what was not bound. */
  readonly remarks: readonly string[];
  readonly scenarios: Readonly<Record<string, ScenarioResult>>;
}

/** The report as it stands on the terminal. */
export function plainReport(report: BenchReport): string {
  return [describe(report), '', ...tablesOf(report).map(plainTable)].join('\n');
}

/** The report as a Markdown document. */
export function markdownReport(report: BenchReport): string {
  const { startedAt, commit } = report.machine;
  const title = `# Benchmark of ${startedAt.slice(0, 10)}, commit ${commit}`;
  return [title, '', describe(report), '', ...tablesOf(report).map(markdownTable)].join('\n');
}

/** Writes both files and returns their name without extension. */
export function writeReport(folder: string, report: BenchReport): string {
  mkdirSync(folder, { recursive: true });
  const name = `${report.machine.startedAt.slice(0, 10)}-${report.machine.commit}`;
  const { machine, options, remarks } = report;
  const scenarios = Object.fromEntries(
    Object.entries(report.scenarios).map(([scenario, { goals, figures }]) => [scenario, { goals, figures }]),
  );
  const json = JSON.stringify({ version: 1, machine, options, remarks, scenarios }, null, 1);
  writeFileSync(join(folder, `${name}.json`), `${json}\n`);
  writeFileSync(join(folder, `${name}.md`), markdownReport(report));
  return name;
}

/** The goals of all scenarios as one table. */
export function goalsTable(goals: readonly Goal[]): Table {
  return {
    title: 'Goals',
    columns: ['what', 'goal', 'figure', 'verdict'],
    rows: goals.map(({ what, goal, figure, met }) => [what, goal, figure, met ? 'met' : 'MISSED']),
    notes: [],
  };
}

function tablesOf(report: BenchReport): readonly Table[] {
  const results = Object.values(report.scenarios);
  const goals = results.flatMap((result) => result.goals);
  const tables = results.flatMap((result) => result.tables);
  return goals.length === 0 ? tables : [...tables, goalsTable(goals)];
}

function describe({ machine, remarks }: BenchReport): string {
  const { node, processor, cores, system, loadAverage, commit, changed, startedAt } = machine;
  const code = `Commit ${commit}${changed ? ' with changes' : ''}, ${startedAt}.`;
  const place = `Node ${node}, ${system}, ${processor}, ${cores} cores, load average ${loadAverage.toFixed(2)} at the start.`;
  return [code, place, ...remarks].join('  \n');
}
