import type { ContenderStart } from './contenders/contender.ts';
import type { Installed } from './installed.ts';
import type { BenchOptions, ContenderName } from './options.ts';
import type { Table } from './table.ts';

/** What every scenario works with. */
export interface BenchContext {
  readonly options: BenchOptions;
  readonly installed: Installed;
  /** Those asked for that are here. */
  readonly contenders: readonly ContenderName[];
  /** The core of whoever is measured, or `null` where nothing is bound. */
  readonly contenderCore: number | null;
  /** The core of the upstream and the load generator. */
  readonly loadCore: number | null;
  /** A temporary folder, removed at the end. */
  readonly workDir: string;
  /** Tells whoever waits what is going on. */
  readonly say: (line: string) => void;
}

/** A goal of the project and whether it was met. */
export interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly figure: string;
  readonly met: boolean;
}

/** What a scenario found. */
export interface ScenarioResult {
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  /** Everything measured, for the JSON file. */
  readonly figures: object;
}

export type Scenario = (context: BenchContext) => Promise<ScenarioResult>;

/** How gateways are started in front of that upstream. */
export function contenderStart(
  context: BenchContext,
  upstreamPort: number,
  webSocketPort: number | null = null,
): ContenderStart {
  const { installed, contenderCore, workDir } = context;
  return { installed, upstreamPort, webSocketPort, core: contenderCore, workDir };
}

/** A scenario that could not run here, with the reason as its table. */
export function notMeasured(title: string, reason: string): ScenarioResult {
  const table = { title, columns: ['not measured'], rows: [[reason]], notes: [] };
  return { tables: [table], goals: [], figures: { notMeasured: reason } };
}
