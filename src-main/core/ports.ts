import type { Document, MapSection, System } from '../contract/document.ts';
import type { RequestRecord } from '../contract/request-record.ts';
import type { LogPosition } from './usage/log-position.ts';

/** Time, as everything that waits or measures sees it; tests put their own in its place. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since an arbitrary moment; never goes back. */
  monotonicMs(): number;
  /** Calls `fire` once after `delayMs`; the returned function takes that back. */
  after(delayMs: number, fire: () => void): () => void;
}

export type RecordOf<S extends MapSection> = Document[S][string];

export interface Stored<T> {
  readonly record: T;
  /** Changes whenever the record does; opaque. */
  readonly version: string;
}

/** A record to be put or, where `record` is `undefined`, removed; its version as in {@link DocumentStore.put}. */
export type RecordChange = {
  readonly [S in MapSection]: {
    readonly section: S;
    readonly id: string;
    readonly record: RecordOf<S> | undefined;
    readonly expectedVersion?: string | null;
  };
}[MapSection];

/** A member of the system section to be set or, where `value` is `undefined`, removed. */
export type SystemChange = {
  readonly [M in keyof System & string]: {
    readonly section: 'system';
    readonly id: M;
    readonly value: System[M] | undefined;
  };
}[keyof System & string];

/** What another document came from: a change that was asked for here, or files that were edited. */
export type DocumentOrigin = 'change' | 'files';

/** Where the configuration lives, row by row. Reads are from memory, writes are durable when they resolve. */
export interface DocumentStore {
  /** The last valid document, immutable. */
  readonly current: Document;
  /** Why it cannot be written (a legacy configuration), or `null`. */
  readonly readOnly: string | null;
  /** Why files that were edited are not in use: `file:line:column: reason`; empty where everything is. */
  readonly problems: readonly string[];
  get<S extends MapSection>(section: S, id: string): Stored<RecordOf<S>> | null;
  /**
   * Creates or replaces one record and resolves when it is on disk.
   * @param expectedVersion the version it replaces; `null`: it must not exist; left out: whatever is there.
   * @throws ProxyError `precondition_failed`, `conflict` (edited by hand meanwhile), `validation_failed`, `config_read_only`
   */
  put<S extends MapSection>(
    section: S,
    id: string,
    record: RecordOf<S>,
    expectedVersion?: string | null,
  ): Promise<Stored<RecordOf<S>>>;
  /** Removes one record; the same errors as `put`. Removing what is not there resolves. */
  delete(section: MapSection, id: string, expectedVersion?: string): Promise<void>;
  /**
   * Makes several changes that belong together, all or none; in an order in which a crash leaves a valid document.
   * @throws ProxyError as `put` does; where a disk failed in the middle, `current` tells how far it came
   */
  change(changes: readonly (RecordChange | SystemChange)[]): Promise<void>;
  /** The system section, which counts as one record. */
  getSystem(): Stored<System>;
  /**
   * Replaces the system section's given members (`undefined` removes one).
   * @param expectedVersion of the whole section; left out: whatever is there
   */
  patchSystem(patch: Partial<System>, expectedVersion?: string): Promise<void>;
  /** Adds many records in one commit (first start, import, demo); refuses ids that exist. */
  insertMany(records: { readonly [S in MapSection]?: Document[S] }): Promise<void>;
  /**
   * Puts another document in this one's place; what it does not hold goes. Resolves when all of it is on disk.
   * @throws ProxyError as `put` does; where a disk failed in the middle, `current` tells how far it came
   */
  replaceAll(document: Document): Promise<void>;
  /** Called with every new valid document, after it is on disk or was picked up from there. */
  subscribe(listener: (document: Document, origin: DocumentOrigin) => void): () => void;
  close(): Promise<void>;
}

/** Where something lives that a platform made for somebody: a file, a response, a task. */
export interface Binding {
  readonly channel: string;
  /** Whose it is. */
  readonly user: string;
  /** Which of the channel's API keys made it: a short hash, `''` for a channel without keys. */
  readonly api_key_digest: string;
  /** The Proxy-Key that made it, where the id is itself a permission: what follows comes without a key. */
  readonly key_id?: string;
  /** Epoch milliseconds. */
  readonly expires_at: number;
}

/** What is known of ids that platforms handed out. Reads are from memory; neither waits, neither throws. */
export interface BoundIds {
  /** Platforms know nothing of each other's ids, so one may belong to several users: one binding each. */
  get(id: string): readonly Binding[];
  /** Remembers a binding in place of the same user's older one. */
  put(id: string, binding: Binding): void;
}

/** Where each finished request goes; never slows the request down, never throws. */
export interface RequestLog {
  append(record: RequestRecord): void;
  /** Resolves when everything appended so far is with the operating system. */
  flush(): Promise<void>;
  /**
   * Resolves when everything appended before the call is with the operating system, with how long each file that was
   * written to since the start was then: behind that line, before the next. `null` where the disk refuses it now.
   */
  mark(): Promise<LogPosition | null>;
  /** Lines lost since the start, because the disk did not keep up. */
  readonly droppedLines: number;
  close(): Promise<void>;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The application's own log. Callers pass no secrets; the adapter masks what looks like one all the same. */
export interface AppLog {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  setLevel(level: LogLevel): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** One request to a platform, as it goes onto the wire. */
export interface UpstreamRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly path: string;
  /** Names and values by turns, in order, `host` among them. */
  readonly headers: readonly string[];
  /** A buffer, a readable stream that is read with back-pressure, or nothing. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | null;
}

/** Lets the receiver of an answer slow the platform down or hang up on it. */
export interface UpstreamFlow {
  pause(): void;
  resume(): void;
  abort(): void;
}

/**
 * What happens to a request to a platform, in this order; `error` at any point, and then nothing more. After
 * `abort` (or the function that hangs up) nothing more is called either.
 */
export interface UpstreamHandler {
  /** The answer's head. Raw header names and values by turns, ISO-8859-1. */
  head(status: number, headers: readonly string[], flow: UpstreamFlow): void;
  data(chunk: Uint8Array): void;
  end(): void;
  error(error: UpstreamError): void;
}

/** Why a platform could not be reached, or stopped in the middle. */
export interface UpstreamError {
  readonly kind: 'connect' | 'reset' | 'protocol' | 'refused_address' | 'aborted' | 'request_body';
  /** Plain words without keys: `connection refused`, `name not found`, … */
  readonly reason: string;
  readonly cause?: unknown;
}

/** A request under way. */
export interface UpstreamCall {
  /** Ends it on our side; after its end this does nothing. */
  hangUp(): void;
}

/** How many connections there are: with a request on them, and without one. */
export interface PoolState {
  readonly busy: number;
  readonly free: number;
}

/** The connections to one origin. */
export interface UpstreamPool {
  /** Costs nothing to speak of. */
  readonly state: PoolState;
  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamCall;
  /** Lets what is under way finish, then closes. */
  close(): Promise<void>;
  /** Cuts everything. */
  destroy(): Promise<void>;
}

export interface UpstreamTarget {
  /** `https://api.example.com` */
  readonly origin: string;
  /** TLS server name, where it differs from the origin's. */
  readonly serverName: string | null;
  readonly connectTimeoutMs: number;
  readonly allowPrivate: boolean;
}

/** Makes the pool of a target. */
export type UpstreamFactory = (target: UpstreamTarget) => UpstreamPool;
