import { ProxyError } from '../../contract/errors.ts';
import type {
  Clock,
  UpstreamCall,
  UpstreamError,
  UpstreamFlow,
  UpstreamHandler,
  UpstreamPool,
  UpstreamRequest,
} from '../../core/ports.ts';
import { attemptError } from '../stages/attempt-error.ts';

/** The largest answer that is read. Bytes. */
const MOST_BYTES = 1024 * 1024;

/** What came of asking a platform. */
export interface ProbeAnswer {
  /** `null` where there was no answer. */
  readonly status: number | null;
  /** `''` where it was not read to its end. */
  readonly body: string;
  /** Where a redirect leads; it is not followed. */
  readonly location: string | null;
  /** Why there is no whole answer, or `null`. */
  readonly error: ProxyError | null;
  readonly latencyMs: number;
}

/** Asks a platform something small. Never rejects. @param limitMs the longest the whole answer may take */
export function askUpstream(
  pool: UpstreamPool,
  request: UpstreamRequest,
  clock: Clock,
  limitMs: number,
): Promise<ProbeAnswer> {
  return new Promise((resolve) => new Asking(clock, limitMs, resolve).send(pool, request));
}

class Asking implements UpstreamHandler {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #settle: (answer: ProbeAnswer) => void;
  readonly #startedMs: number;
  readonly #chunks: Uint8Array[] = [];
  #call: UpstreamCall | null = null;
  #cancel: () => void = () => undefined;
  #status: number | null = null;
  #location: string | null = null;
  #bytes = 0;

  constructor(clock: Clock, limitMs: number, settle: (answer: ProbeAnswer) => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#settle = settle;
    this.#startedMs = clock.monotonicMs();
  }

  send(pool: UpstreamPool, request: UpstreamRequest): void {
    this.#cancel = this.#clock.after(this.#limitMs, () => {
      this.#call?.hangUp();
      const seconds = Math.round(this.#limitMs / 100) / 10;
      this.#over(new ProxyError('upstream_timeout', `the platform did not answer within ${seconds} s`));
    });
    this.#call = pool.send(request, this);
  }

  head(status: number, headers: readonly string[], _flow: UpstreamFlow): void {
    this.#status = status;
    const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'location');
    this.#location = at < 0 ? null : (headers[at + 1] ?? null);
  }

  data(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= MOST_BYTES) {
      // undici uses its buffers again.
      this.#chunks.push(Uint8Array.from(chunk));
      return;
    }
    this.#call?.hangUp();
    this.#over(new ProxyError('upstream_protocol_error', 'the platform answered with more than 1 MiB'));
  }

  end(): void {
    this.#over(null);
  }

  error(error: UpstreamError): void {
    this.#over(attemptError(error));
  }

  #over(error: ProxyError | null): void {
    this.#cancel();
    this.#settle({
      status: this.#status,
      body: error === null ? Buffer.concat(this.#chunks).toString('utf8') : '',
      location: this.#location,
      error,
      latencyMs: this.#clock.monotonicMs() - this.#startedMs,
    });
  }
}
