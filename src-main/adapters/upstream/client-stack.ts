import { Client } from 'undici';
import type {
  Clock,
  PoolState,
  UpstreamCall,
  UpstreamFactory,
  UpstreamHandler,
  UpstreamPool,
  UpstreamRequest,
  UpstreamTarget,
} from '../../core/ports.ts';
import { connectorFor, type IsSelf } from './connector.ts';
import { type Connections, Dispatch } from './dispatch.ts';

/** Connections kept open without work, per channel. The one used last is used next, so the others go idle. */
const MAX_IDLE = 256;
/** An idle connection is let go after this, unless the platform names a time of its own. */
const IDLE_MS = 4_000;

/**
 * The connections to one origin: one undici client per connection, the free ones on a stack. undici's own
 * pool looks for a free connection one by one, which a thousand open streams make slow.
 */
class ClientStack implements UpstreamPool, Connections {
  readonly #origin: string;
  readonly #connect: ReturnType<typeof connectorFor>;
  readonly #all = new Set<Client>();
  #free: Client[] = [];
  #closing = false;

  constructor(target: UpstreamTarget, clock: Clock, isSelf: IsSelf) {
    this.#origin = target.origin;
    this.#connect = connectorFor(target, clock, isSelf);
  }

  get state(): PoolState {
    return { busy: this.#all.size - this.#free.length, free: this.#free.length };
  }

  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamCall {
    const client = this.#free.pop() ?? this.#open();
    const dispatch = new Dispatch(handler, client, this);
    dispatch.start(request);
    return dispatch;
  }

  #open(): Client {
    const client = new Client(this.#origin, {
      connect: this.#connect,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: IDLE_MS,
      allowH2: false,
      maxHeaderSize: 64 * 1024,
    });
    // A connection that ends while it is idle is forgotten; the next request opens another.
    client.on('disconnect', () => this.#forgetIdle(client));
    this.#all.add(client);
    return client;
  }

  giveBack(client: Client, reusable: boolean): void {
    if (reusable && !this.#closing && this.#free.length < MAX_IDLE) this.#free.push(client);
    else this.#drop(client);
  }

  #forgetIdle(client: Client): void {
    const at = this.#free.lastIndexOf(client);
    if (at < 0) return;
    this.#free.splice(at, 1);
    this.#drop(client);
  }

  #drop(client: Client): void {
    if (!this.#all.delete(client)) return;
    void client.destroy().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closing = true;
    const idle = this.#free;
    this.#free = [];
    for (const client of idle) this.#all.delete(client);
    await Promise.all(idle.map((client) => client.close()));
  }

  async destroy(): Promise<void> {
    this.#closing = true;
    const clients = [...this.#all];
    this.#all.clear();
    this.#free = [];
    await Promise.all(clients.map((client) => client.destroy()));
  }
}

/** Makes the connections to platforms with undici. */
export const undiciUpstream =
  (clock: Clock, isSelf: IsSelf): UpstreamFactory =>
  (target) =>
    new ClientStack(target, clock, isSelf);
