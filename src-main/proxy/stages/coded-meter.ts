import {
  BLIND_METER,
  type Metered,
  NOTHING,
  type ResponseMeter,
} from '../../core/metering/response-meter.ts';
import { Unpacker, type Unpacking } from './unpacker.ts';

/** An answer that unpacks to more than this is metered no further: it may be made to do so. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;

/** Meters a coded answer from an unpacked copy; the coded bytes themselves pass as they are. */
class CodedMeter implements ResponseMeter, Unpacking {
  readonly #inner: ResponseMeter;
  readonly #unpacker: Unpacker | null;
  #inflated = 0;
  #isReadable = true;
  #ended: Promise<void> | null = null;

  constructor(coding: string, inner: ResponseMeter) {
    this.#inner = inner;
    this.#unpacker = Unpacker.of(coding, this);
  }

  get isBlind(): boolean {
    return this.#unpacker === null;
  }

  plain(chunk: Uint8Array): void {
    this.#inflated += chunk.length;
    if (this.#inflated <= MAX_INFLATED_BYTES) this.#inner.push(chunk);
    else this.failed();
  }

  failed(): void {
    this.#isReadable = false;
    this.#unpacker?.destroy();
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#unpacker?.write(chunk);
    return [chunk];
  }

  end(): readonly Uint8Array[] {
    this.#ended ??= this.#unpacker?.end().then(() => void this.#inner.end()) ?? null;
    return NOTHING;
  }

  async caughtUp(): Promise<void> {
    await (this.#ended ?? this.#unpacker?.caughtUp());
  }

  get isWithinAnswer(): boolean {
    return this.#isReadable && this.#inner.isWithinAnswer;
  }

  get progress(): Metered['progress'] {
    return this.#inner.progress;
  }

  result(): Metered {
    const metered = this.#inner.result();
    // Of an end that could not be read nothing is known, so nobody is cut off for it.
    return this.#isReadable ? metered : { ...metered, complete: true };
  }
}

/** @param coding the value of `Content-Encoding` */
export function codedMeter(coding: string, inner: ResponseMeter): ResponseMeter {
  const meter = new CodedMeter(coding, inner);
  return meter.isBlind ? BLIND_METER : meter;
}
