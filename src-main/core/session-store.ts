/** A session of the console as it is kept over a restart: enough to recognise its token, not to show it. */
export interface StoredSession {
  /** Its public name, under which it is listed, audited and ended. */
  readonly id: string;
  /** SHA-256 of its token, hexadecimal. */
  readonly hash: string;
  /** What it ends with: hashes of the admin tokens that were valid when it began. */
  readonly boundTo: string;
  /** Whether it is remembered on its computer. */
  readonly remembered: boolean;
  /** Epoch milliseconds, as are the next two. */
  readonly beganMs: number;
  readonly endsMs: number;
  usedMs: number;
  /** The peer's address where it began. */
  readonly address: string | null;
  /** The browser as it names itself (`User-Agent`), cut to 256 characters. */
  readonly agent: string | null;
}

/** Where sessions of the console outlive the program. */
export interface SessionStore {
  /** What was kept when the program began. */
  readonly kept: readonly StoredSession[];
  /**
   * Keeps these from now on. Never throws: a disk that refuses is a problem of the log's.
   * @param isUrgent writes at once; otherwise within a minute, because a last use is not worth a write
   * @returns what resolves when an urgent one was written
   */
  keep(read: () => readonly StoredSession[], isUrgent: boolean): Promise<void>;
}

/** Keeps nothing. */
export const NO_SESSION_STORE: SessionStore = { kept: [], keep: async () => undefined };
