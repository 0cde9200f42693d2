import type { UsageFileHead } from '../../core/usage/usage-file.ts';
import { tableBytes, type UsageTable } from '../../core/usage/usage-table.ts';

export interface CachedPeriod {
  readonly head: UsageFileHead;
  readonly table: UsageTable;
}

/**
 * Periods that were read or written lately, within a bound. Any of them is forgotten where there is no room: whoever
 * looks through more hours than fit, again and again, would find none if it were always the oldest.
 */
export class TableCache {
  readonly #limitBytes: number;
  readonly #periods = new Map<string, CachedPeriod>();
  #bytes = 0;

  /** @param limitBytes how much memory it may take, roughly; one period may always stay */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(name: string): CachedPeriod | undefined {
    return this.#periods.get(name);
  }

  set(name: string, period: CachedPeriod): void {
    this.delete(name);
    const bytes = tableBytes(period.table);
    while (this.#periods.size > 0 && this.#bytes + bytes > this.#limitBytes) this.#forgetAny();
    this.#periods.set(name, period);
    this.#bytes += bytes;
  }

  #forgetAny(): void {
    const names = [...this.#periods.keys()];
    this.delete(names[Math.floor(Math.random() * names.length)] ?? '');
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
