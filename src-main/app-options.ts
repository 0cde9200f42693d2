import type { Clock, LogLevel } from './core/ports.ts';

/** What the shells decide; everything else stands in the document. */
export interface AppOptions {
  /** The folder that holds config, usage and logs. Absolute. */
  readonly dataDir: string;
  /** A folder or a file to use in place of the data folder's `config/`. Absolute. */
  readonly configPath: string | null;
  /** These override the document's `system.proxy` and `system.console`. */
  readonly host?: string;
  /** 0 picks a free port. */
  readonly port?: number;
  readonly consoleHost?: string;
  readonly consolePort?: number;
  readonly logLevel?: LogLevel;
  /** Accepted as admin token besides the stored one, for this run. */
  readonly adminToken?: string;
  /** Adds the built-in stand-in channel, a user and a key. */
  readonly demo: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Real time, unless a test brings another. */
  readonly clock?: Clock;
}

/** What was made at the first start and can be seen only then. */
export interface FirstStart {
  readonly adminToken: string;
  readonly adminKey: string;
}

export interface Started {
  /** `http://127.0.0.1:8001`, with the real port. */
  readonly proxyUrl: string;
  /** Where others reach the proxy: the addresses of this computer, where it listens at all of them. */
  readonly sharedUrls: readonly string[];
  readonly consoleUrl: string;
  /** Valid for this run only. */
  readonly runToken: string;
  readonly firstStart: FirstStart | null;
  /** The demo's Proxy-Key, where `demo` was asked for. */
  readonly demoKey: string | null;
  /** Resolves when an admin asks over the API that the program end; whoever started it then calls `stop`. */
  readonly shutdownAsked: Promise<void>;
  /** Masks every secret in a text that is printed. */
  readonly mask: (text: string) => string;
  /** Lines that an admin should read: recovered files, ignored members, listeners without TLS, … */
  readonly notices: readonly string[];
}

export interface App {
  /** @throws StartError with a single line for people: port in use, folder locked, invalid configuration */
  start(): Promise<Started>;
  /** Drains: not ready at once, streams may finish within `graceMs`. Resolves when all is written and closed. */
  stop(graceMs: number): Promise<void>;
  /** Takes no AI traffic until it is called with `false`; what is under way goes on. Every start begins unpaused. */
  setPaused(paused: boolean): void;
  isPaused(): boolean;
}

/** The program cannot start, and this is the line that says why. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
