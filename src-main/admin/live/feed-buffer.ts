import type { RequestRecord } from '../../contract/request-record.ts';
import { requestLine } from '../../core/request-line.ts';

/** A request that waits to be shown. */
export class FeedEntry {
  readonly record: RequestRecord;
  #line: string | null = null;

  constructor(record: RequestRecord) {
    this.record = record;
  }

  /** As the request log has it; made once, however many watch. */
  get line(): string {
    this.#line ??= requestLine(this.record);
    return this.#line;
  }
}

/** Holds requests until they are shown together, the newest ones of each time up to a bound. */
export class FeedBuffer {
  /** How many are held at most: whatever outlives its own answer costs the collector. */
  most: number;
  #records: RequestRecord[] = [];
  /** Where the oldest one stands, once the newest take the places of the oldest. */
  #oldest = 0;
  #overlooked = 0;

  constructor(most: number) {
    this.most = most;
  }

  /** Called for every request while somebody watches. */
  add(record: RequestRecord): void {
    if (this.#records.length < this.most) {
      this.#records.push(record);
      return;
    }
    this.#records[this.#oldest] = record;
    this.#oldest = (this.#oldest + 1) % this.#records.length;
    this.#overlooked += 1;
  }

  /** Takes what has gathered, oldest first. @param most of them; the others count as overlooked */
  take(most: number): { readonly entries: readonly FeedEntry[]; readonly overlooked: number } {
    const records = [...this.#records.slice(this.#oldest), ...this.#records.slice(0, this.#oldest)];
    const taken = records.slice(0, most);
    const overlooked = this.#overlooked + records.length - taken.length;
    this.#records = [];
    this.#oldest = 0;
    this.#overlooked = 0;
    return { entries: taken.map((record) => new FeedEntry(record)), overlooked };
  }
}
