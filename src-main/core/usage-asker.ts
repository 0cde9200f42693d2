import { saysYes, withIncludeUsage } from './body-splice.ts';
import { TopMembers } from './top-members.ts';

const WANTED: ReadonlySet<string> = new Set(['model', 'stream', 'stream_options']);
const ENCODER = new TextEncoder();

/**
 * Reads a JSON body that is too long to be held while it passes, and asks for the usage of its stream at its end: the
 * last member of a name is the one that counts. Everything else stays byte for byte.
 */
export class UsageAsker {
  readonly #members = new TopMembers(WANTED);
  /** Whether the platform tells a stream's usage when asked, so that the body may grow. */
  readonly mayAsk: boolean;
  readonly #named: (model: string) => void;
  #asked: () => void = () => undefined;

  /** @param named takes the model once the body is whole */
  constructor(mayAsk: boolean, named: (model: string) => void) {
    this.mayAsk = mayAsk;
    this.#named = named;
  }

  /** Calls back when the usage was asked for in the client's place. */
  onAsked(asked: () => void): void {
    this.#asked = asked;
  }

  /** @returns the bytes to send on */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    const wasWhole = this.#members.isWhole;
    this.#members.push(chunk);
    const end = this.#members.endAt;
    if (wasWhole || end < 0) return [chunk];
    const model = this.#members.get('model')?.text;
    if (model != null) this.#named(model);
    if (!this.mayAsk) return [chunk];
    const options = this.#options();
    if (options === null) return [chunk];
    this.#asked();
    return [chunk.subarray(0, end), ENCODER.encode(`,"stream_options":${options}`), chunk.subarray(end)];
  }

  /** The options to write; `null` where nothing is to be asked. */
  #options(): string | null {
    const stream = this.#members.get('stream');
    if (stream === null || stream.raw === null || !saysYes(stream.raw)) return null;
    const options = this.#members.get('stream_options');
    if (options === null) return withIncludeUsage('{}');
    return options.raw === null ? null : withIncludeUsage(options.raw);
  }
}
