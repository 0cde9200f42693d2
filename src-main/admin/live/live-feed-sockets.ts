import type { WebSocket } from 'ws';
import type { RequestFeed } from '../../core/control-ports.ts';
import type { RequestFilter } from '../../core/log-search/request-filter.ts';
import type { Clock } from '../../core/ports.ts';
import { FeedBuffer } from './feed-buffer.ts';
import { MOST_ITEMS, Watcher } from './watcher.ts';

const MOST_WATCHERS = 100;
const TICK_MS = 250;
const TICKS_PER_SECOND = 4;
const TICKS_PER_PING = 30 * TICKS_PER_SECOND;
/** 10,000 requests a second; nobody reads faster. */
const MOST_PER_TICK = 2_500;
/** How often a request may be compared with a filter in one tick, so that many watchers do not hold up traffic. */
const MOST_COMPARISONS = 20_000;
/** How long a peer has to answer the end of its connection. */
const GOODBYE_MS = 500;

const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;

export interface LiveFeedOptions {
  readonly feed: RequestFeed;
  readonly clock: Clock;
  readonly openRequests: () => number;
  /** Whether what was let in with a credential may go on. */
  readonly isStillGood: (credential: string) => boolean;
}

/** All who watch requests. While there are none, requests are not looked at and no timer runs. */
export class LiveFeedSockets {
  readonly #options: LiveFeedOptions;
  readonly #watchers = new Set<Watcher>();
  readonly #buffer = new FeedBuffer(MOST_PER_TICK);
  #ticks = 0;
  #isClosed = false;
  #stop: (() => void) | null = null;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  /** Whether nobody else is let in, now or, once it was closed, ever. */
  get isFull(): boolean {
    return this.#isClosed || this.#watchers.size >= MOST_WATCHERS;
  }

  /** Shows requests to one more, until the connection, the session or the program ends. */
  add(socket: WebSocket, filter: RequestFilter, credential: string): void {
    const watcher = new Watcher(socket, filter, credential);
    socket.on('close', () => this.#remove(watcher));
    // What it says does not matter; that it broke is followed by `close`.
    socket.on('error', () => undefined);
    this.#watchers.add(watcher);
    this.#bound();
    this.#start();
    watcher.tellOpen(this.#options.openRequests());
  }

  /** Ends all connections with 1001. Resolves when they are closed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const sockets = [...this.#watchers].map((watcher) => watcher.socket);
    const closed = sockets.map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    for (const socket of sockets) socket.close(GOING_AWAY, 'AIProxy stops');
    const cancel = this.#options.clock.after(GOODBYE_MS, () => {
      for (const socket of sockets) socket.terminate();
    });
    await Promise.all(closed);
    cancel();
  }

  #start(): void {
    if (this.#stop !== null) return;
    const { feed, clock } = this.#options;
    const unsubscribe = feed.subscribe((record) => this.#buffer.add(record));
    let cancel = (): void => undefined;
    const later = (): void => {
      cancel = clock.after(TICK_MS, () => {
        later();
        this.#tick();
      });
    };
    later();
    this.#stop = () => {
      unsubscribe();
      cancel();
      this.#buffer.take(0);
    };
  }

  #remove(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    this.#bound();
    if (this.#watchers.size > 0) return;
    this.#stop?.();
    this.#stop = null;
  }

  /** Where nobody looks for some among all, no more are held than are shown. */
  #bound(): void {
    const isSelective = [...this.#watchers].some((watcher) => watcher.isSelective);
    this.#buffer.most = isSelective ? MOST_PER_TICK : MOST_ITEMS;
  }

  #tick(): void {
    this.#ticks += 1;
    if (this.#ticks % TICKS_PER_SECOND === 0) this.#endSessions();
    const most = Math.floor(MOST_COMPARISONS / Math.max(1, this.#watchers.size));
    const { entries, overlooked } = this.#buffer.take(most);
    const open = this.#ticks % TICKS_PER_SECOND === 0 ? this.#options.openRequests() : null;
    for (const watcher of this.#watchers) {
      if (watcher.socket.readyState !== watcher.socket.OPEN) continue;
      watcher.show(entries, overlooked);
      if (open !== null) watcher.tellOpen(open);
      if (this.#ticks % TICKS_PER_PING === 0) watcher.ping();
    }
  }

  #endSessions(): void {
    for (const { socket, credential } of this.#watchers) {
      if (!this.#options.isStillGood(credential)) socket.close(POLICY_VIOLATION, 'the session has ended');
    }
  }
}
