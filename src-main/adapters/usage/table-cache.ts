import type { UsageFileHead } from '../../core/usage/usage-file.ts';
import { tableBytes, type UsageTable } from '../../core/usage/usage-table.ts';

export interface CachedPeriod {
  readonly head: UsageFileHead;
  readonly table: UsageTable;
}

/** Periods that were read lately, within a bound; what was not asked for longest is forgotten first. */
export class TableCache {
  readonly #limitBytes: number;
  readonly #periods = new Map<string, CachedPeriod>();
  #bytes = 0;

  /** @param limitBytes how much memory it may take, roughly; one period may always stay */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(name: string): CachedPeriod | undefined {
    const found = this.#periods.get(name);
    if (found === undefined) return undefined;
    this.#periods.delete(name);
    this.#periods.set(name, found);
    return found;
  }

  set(name: string, period: CachedPeriod): void {
    this.delete(name);
    this.#periods.set(name, period);
    this.#bytes += tableBytes(period.table);
    for (const oldest of this.#periods.keys()) {
      if (this.#bytes <= this.#limitBytes || oldest === name) return;
      this.delete(oldest);
    }
  }

  delete(name: string): void {
    const found = this.#periods.get(name);
    if (found === undefined) return;
    this.#periods.delete(name);
    this.#bytes -= tableBytes(found.table);
  }

  clear(): void {
    this.#periods.clear();
    this.#bytes = 0;
  }
}
