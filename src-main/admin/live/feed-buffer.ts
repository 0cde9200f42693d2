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

/** Holds requests until they are shown together, the first ones of each time up to a bound. */
export class FeedBuffer {
  readonly #most: number;
  #records: RequestRecord[] = [];
  #overlooked = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Called for every request while somebody watches. */
  add(record: RequestRecord): void {
    if (this.#records.length < this.#most) this.#records.push(record);
    else this.#overlooked += 1;
  }

  /** Takes what has gathered. @param most of them; the others count as overlooked */
  take(most: number): { readonly entries: readonly FeedEntry[]; readonly overlooked: number } {
    const taken = this.#records.slice(0, most);
    const overlooked = this.#overlooked + this.#records.length - taken.length;
    this.#records = [];
    this.#overlooked = 0;
    return { entries: taken.map((record) => new FeedEntry(record)), overlooked };
  }
}
