import { NO_USAGE, type Usage } from '../../contract/request-record.ts';
import { GatheredBytes } from '../gathered-bytes.ts';
import { mergeUsage, usageIn } from '../usage.ts';
import { type DigestListener, JsonDigest } from './json-digest.ts';
import { KeptMembers } from './json-kept.ts';
import { type Metered, NOTHING, type ResponseMeter } from './response-meter.ts';

/** An answer whose model is renamed is held until it is whole, unless it is larger than this. */
const MAX_RENAMED_BYTES = 4 * 1024 * 1024;

/** Where an answer tells its usage: in the outermost object. */
const ANSWER = new KeptMembers({
  usage: 'whole',
  usageMetadata: 'whole',
  done: 'whole',
  eval_count: 'whole',
  prompt_eval_count: 'whole',
});

/** Reads the usage of a JSON answer of any size, and of its lines or elements where it is many. */
class JsonMeter implements ResponseMeter, DigestListener {
  readonly #rewrite: ((answer: Uint8Array) => Uint8Array) | null;
  readonly #isSeveral: boolean;
  readonly #digest = new JsonDigest(ANSWER, this);
  #held: GatheredBytes | null;
  #usage: Usage = NO_USAGE;
  progress: Metered['progress'] = 'open';

  constructor(rewrite: ((answer: Uint8Array) => Uint8Array) | null, isSeveral: boolean) {
    this.#rewrite = rewrite;
    this.#isSeveral = isSeveral;
    this.#held = rewrite === null ? null : new GatheredBytes();
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#digest.push(chunk);
    return this.#held === null ? [chunk] : this.#hold(chunk, this.#held);
  }

  told(value: Readonly<Record<string, unknown>>): void {
    const usage = usageIn(value);
    if (usage !== null) this.#usage = mergeUsage(this.#usage, usage);
    if (value.done === true || !(this.#isSeveral || this.#digest.isList)) this.progress = 'ended';
  }

  #hold(chunk: Uint8Array, held: GatheredBytes): readonly Uint8Array[] {
    held.append(chunk);
    if (held.length <= MAX_RENAMED_BYTES) return NOTHING;
    this.#held = null;
    return [held.view()];
  }

  end(): readonly Uint8Array[] {
    return this.#held === null || this.#rewrite === null ? NOTHING : [this.#rewrite(this.#held.view())];
  }

  get isWithinAnswer(): boolean {
    return this.#digest.isInValue && !this.#isSeveral && !this.#digest.isList;
  }

  result(): Metered {
    return { usage: this.#usage, complete: true, progress: this.progress, error: null };
  }
}

/**
 * @param rewrite changes the whole answer for the client (the model's name back), or `null`
 * @param isSeveral whether the answer is several values, line by line
 */
export const jsonMeter = (
  rewrite: ((answer: Uint8Array) => Uint8Array) | null,
  isSeveral = false,
): ResponseMeter => new JsonMeter(rewrite, isSeveral);
