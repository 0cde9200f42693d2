import type { WebSocket } from 'ws';
import { matchesFilter, type RequestFilter } from '../../core/log-search/request-filter.ts';
import type { FeedEntry } from './feed-buffer.ts';

/** Who reads more slowly than requests come misses some; nothing is kept for them. */
const MOST_BUFFERED_BYTES = 256 * 1024;
/** Requests in one message. */
export const MOST_ITEMS = 200;

/** One who watches requests as they are recorded. */
export class Watcher {
  readonly socket: WebSocket;
  readonly credential: string;
  readonly #filter: RequestFilter;
  #skipped = 0;
  #open: number | null = null;
  #isAlive = true;

  constructor(socket: WebSocket, filter: RequestFilter, credential: string) {
    this.socket = socket;
    this.credential = credential;
    this.#filter = filter;
    socket.on('pong', () => {
      this.#isAlive = true;
    });
  }

  /** Whether it looks for some requests among all. */
  get isSelective(): boolean {
    return Object.keys(this.#filter).length > 0;
  }

  /** Sends those of some requests that are asked for. @param overlooked how many more there were */
  show(entries: readonly FeedEntry[], overlooked: number): void {
    const wanted = entries.filter((entry) => matchesFilter(entry.record, this.#filter));
    this.#skipped += overlooked;
    if (this.#isSlow) {
      this.#skipped += wanted.length;
      return;
    }
    const shown = wanted.slice(-MOST_ITEMS);
    const skipped = this.#skipped + wanted.length - shown.length;
    if (shown.length === 0 && skipped === 0) return;
    this.#skipped = 0;
    const items = shown.map((entry) => entry.line).join(',');
    this.socket.send(`{"type":"requests","items":[${items}],"skipped":${skipped}}`);
  }

  /** Tells how many requests are under way, where it has changed. */
  tellOpen(requests: number): void {
    if (requests === this.#open || this.#isSlow) return;
    this.#open = requests;
    this.socket.send(JSON.stringify({ type: 'open', requests }));
  }

  /** Asks for a sign of life; who gave none since the last time is gone. */
  ping(): void {
    if (!this.#isAlive) {
      this.socket.terminate();
      return;
    }
    this.#isAlive = false;
    this.socket.ping();
  }

  get #isSlow(): boolean {
    return this.socket.bufferedAmount > MOST_BUFFERED_BYTES;
  }
}
