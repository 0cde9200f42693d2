import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProxyError } from '../contract/errors.ts';
import { NO_USAGE, type Outcome, type Usage } from '../contract/request-record.ts';
import type { CompiledChannel } from '../core/compiled-channel.ts';
import type { HeldMemory, HeldShare } from '../core/held-memory.ts';
import type { IdPlace } from '../core/id-rules.ts';
import type { Identity } from '../core/identity.ts';
import type { Operation } from '../core/operation.ts';
import type { Binding } from '../core/ports.ts';
import type { RequestHead } from '../core/request-head.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { RequestBody } from './request-body.ts';

const NO_IDS: readonly IdPlace[] = [];
const NOBODYS: HeldShare = { bytes: 0 };
const NO_BODY: RequestBody = { kind: 'none' };

/** The stage that has a request in its hands while it waits for something outside. */
export interface Waiting {
  /** The client is gone, or an error ends the request: stop what is under way. */
  leave(): void;
  /** The deadline has passed. */
  expire(): void;
  /** What it does is not allowed any more. Left out where it is judged again before it goes on, or by somebody else. */
  withdraw?(error: ProxyError): void;
}

/** One request on its way through the pipeline: each stage reads what earlier ones found and adds its own. */
export class Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The configuration this request is served by: the one of its arrival, renewed once its body is there. */
  snapshot: Snapshot;
  readonly id: string;
  /** Arrival, epoch milliseconds. */
  readonly time: number;
  /** Arrival on the monotonic clock, milliseconds. */
  readonly startedMs: number;
  readonly head: RequestHead;
  readonly client: string;
  /** Whether the client waits for `100 Continue` before it sends its body. */
  readonly expectsContinue: boolean;
  /** When the last byte of the request was there, as far as it is: on the monotonic clock, milliseconds. */
  lastByteMs: number;

  /** Without query and without `/channels/<id>`. */
  path = '';
  /** Without question mark. */
  query = '';
  /** The channel the client named. */
  explicitChannel: string | null = null;
  credential: string | null = null;
  identity: Identity | null = null;
  operation: Operation | null = null;
  body: RequestBody = NO_BODY;
  /** As the client named it. */
  model: string | null = null;
  channel: CompiledChannel | null = null;
  /** The credential, where it is a short-lived one that the platform itself made. */
  clientSecret: string | null = null;
  /** Where what the request names by id lives. */
  bound: Binding | null = null;
  /** Where a successful answer would tell new ids. */
  newIds: readonly IdPlace[] = NO_IDS;

  attempts = 0;
  bytesIn = 0;
  bytesOut = 0;
  /** Milliseconds on the monotonic clock; `null` until the first byte of the answer left. */
  firstByteMs: number | null = null;
  /** When the client left, on the monotonic clock; `null` where it waited for the end. */
  leftMs: number | null = null;
  usage: Usage = NO_USAGE;
  streamed = false;
  /** The platform switched to WebSocket: the status is 101, whatever the response object says. */
  upgraded = false;
  /** Messages from and to the client of a session; `null` where there was none. */
  messagesIn: number | null = null;
  messagesOut: number | null = null;
  outcome: Outcome | null = null;
  errorCode: string | null = null;
  errorMessage: string | null = null;
  /** The last characters of an unknown key, to find out whose it was. */
  refusedKeyEnd: string | null = null;
  recorded = false;

  /** Bytes of its body that are held in memory, in which pool, and whose share of it. */
  heldBytes = 0;
  heldIn: HeldMemory | null = null;
  heldShare: HeldShare = NOBODYS;
  /** When `expire` is called unless something happens before, on the monotonic clock; `Infinity` for never. */
  deadlineMs = Number.POSITIVE_INFINITY;
  /** When its key ends, epoch milliseconds; `Infinity` for never. */
  allowedUntilMs = Number.POSITIVE_INFINITY;
  /** Its place among the requests under way. */
  slot = -1;
  lingers = false;
  /** An object rather than functions: functions made for each request outlive it in the young generation. */
  waiting: Waiting | null = null;

  constructor(
    req: IncomingMessage,
    res: ServerResponse,
    facts: Pick<Exchange, 'snapshot' | 'id' | 'time' | 'startedMs' | 'head' | 'client' | 'expectsContinue'>,
  ) {
    this.req = req;
    this.res = res;
    this.snapshot = facts.snapshot;
    this.id = facts.id;
    this.time = facts.time;
    this.startedMs = facts.startedMs;
    this.head = facts.head;
    this.client = facts.client;
    this.expectsContinue = facts.expectsContinue;
    this.lastByteMs = facts.startedMs;
  }

  expire(): void {
    this.waiting?.expire();
  }

  lapse(): void {
    this.withdraw(new ProxyError('proxy_key_expired', 'this Proxy-Key has expired'));
  }

  /** Ends what is under way because it is not allowed any more. @param error why */
  withdraw(error: ProxyError): void {
    this.waiting?.withdraw?.(error);
  }

  /** Stops what is under way. */
  release(): void {
    this.waiting?.leave();
  }
}
