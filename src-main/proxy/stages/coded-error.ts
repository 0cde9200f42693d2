import { Unpacker, type Unpacking } from './unpacker.ts';

/** Nobody explains an error at more length than this, coded or plain. */
const MAX_CODED_BYTES = 1024 * 1024;
const MAX_PLAIN_BYTES = 4 * 1024 * 1024;
const NOTHING = new Uint8Array(0);

/** An error answer that came coded: held until it is whole, then sent plain, so that a key in it is found. */
export class CodedError implements Unpacking {
  readonly #unpacker: Unpacker | null;
  #chunks: Uint8Array[] = [];
  #codedBytes = 0;
  #plainBytes = 0;
  #state: 'open' | 'whole' | 'lost' = 'open';

  /** @param coding the value of `Content-Encoding` */
  constructor(coding: string) {
    this.#unpacker = Unpacker.of(coding, this);
  }

  push(chunk: Uint8Array): void {
    this.#codedBytes += chunk.length;
    if (this.#codedBytes > MAX_CODED_BYTES) this.failed();
    else this.#unpacker?.write(chunk);
  }

  plain(chunk: Uint8Array): void {
    this.#plainBytes += chunk.length;
    if (this.#plainBytes > MAX_PLAIN_BYTES) this.failed();
    else this.#chunks.push(chunk);
  }

  failed(): void {
    this.#state = 'lost';
    this.#chunks = [];
    this.#unpacker?.destroy();
  }

  /** Nothing more comes. Resolves when the body is known. */
  async end(): Promise<void> {
    await this.#unpacker?.end();
    if (this.#state === 'open') this.#state = 'whole';
  }

  /** The plain body; empty where it cannot be read, or not yet: what cannot be searched must not go on. */
  body(): Uint8Array {
    return this.#state === 'whole' ? Buffer.concat(this.#chunks) : NOTHING;
  }
}
