import type { NamedRecord } from './usage-names.ts';

/** What a record is called besides its key and model, and the row it counts in. */
interface Entry {
  readonly user: string | null;
  readonly channel: string | null;
  readonly endpoint: string;
  readonly protocol: string;
  readonly outcome: string;
  readonly error: string | null;
  readonly row: number;
  readonly next: Entry | null;
}

/** Error codes are what a platform sends: with more different ones for one key and model they are looked up slowly. */
const LONGEST_CHAIN = 128;
/** The same for models, which clients may call as they like. */
const MOST_ENTRIES = 65_536;

/**
 * Finds the row of a record by what it is called, without making a text of it: that would cost more than all the rest of
 * counting. Names of keys and channels are the configuration's own strings, so comparing them is comparing addresses.
 */
export class RowIndex {
  readonly #keys = new Map<string | null, Map<string | null, Entry>>();
  #entries = 0;

  /** @returns -1 where it is not known */
  find(record: NamedRecord): number {
    let entry: Entry | null | undefined = this.#keys.get(record.key_id)?.get(record.model);
    while (entry !== undefined && entry !== null) {
      if (
        entry.channel === record.channel &&
        entry.outcome === record.outcome &&
        entry.protocol === record.protocol &&
        entry.endpoint === record.endpoint &&
        entry.error === record.error_code &&
        entry.user === record.user
      ) {
        return entry.row;
      }
      entry = entry.next;
    }
    return -1;
  }

  remember(record: NamedRecord, row: number): void {
    if (this.#entries >= MOST_ENTRIES) return;
    let models = this.#keys.get(record.key_id);
    if (models === undefined) {
      models = new Map();
      this.#keys.set(record.key_id, models);
    }
    const next = models.get(record.model) ?? null;
    if (lengthOf(next) >= LONGEST_CHAIN) return;
    const { user, channel, endpoint, protocol, outcome, error_code: error } = record;
    models.set(record.model, { user, channel, endpoint, protocol, outcome, error, row, next });
    this.#entries += 1;
  }
}

function lengthOf(entry: Entry | null): number {
  let length = 0;
  for (let at = entry; at !== null; at = at.next) length += 1;
  return length;
}
