import type { Document } from '../contract/document.ts';
import type {
  Archive,
  AuditLog,
  ChannelProbe,
  RequestFeed,
  RequestSearch,
  RetiredIds,
  UsageStatistics,
} from '../core/control-ports.ts';
import type { Demo } from '../core/demo.ts';
import type { KeptLastUses } from '../core/last-use.ts';
import type { OpenWebSocket } from '../core/open-websocket.ts';
import type { Platform } from '../core/platform.ts';
import type { Clock, DocumentStore } from '../core/ports.ts';
import type { KeyTrials } from '../core/trial/trial-ports.ts';
import type { UsageExport } from '../core/usage-export/usage-export.ts';

/** One of the files of an older configuration, as it is uploaded. */
export interface UploadedFile {
  /** Its name tells its format. */
  readonly name: string;
  readonly content: string;
}

/** What an import did. */
export interface ImportSummary {
  readonly warnings: readonly string[];
  /** How many records were added, by section; `skipped` were there already. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What the routes of the admin API work with. Functions are asked at each request. */
export interface AdminContext {
  readonly version: string;
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  readonly clock: Clock;
  /** The address to hand to people. */
  readonly proxyUrl: () => string;
  /** Every address at which the proxy can be reached, `proxyUrl` among them. */
  readonly proxyUrls: () => readonly string[];
  /** Masks the keys in what is told of a request that was refused. */
  readonly maskKeys: (text: string) => string;
  readonly store: DocumentStore;
  /** What is served by: the stored document, and the demo's records laid over it while that runs. */
  readonly served: () => Document;
  readonly demo: Demo;
  readonly platforms: readonly Platform[];
  readonly usage: UsageStatistics;
  readonly exportUsage: UsageExport;
  readonly requests: RequestSearch;
  readonly feed: RequestFeed;
  /** How many requests are under way. */
  readonly openRequests: () => number;
  /** Whether AI traffic is refused for now. */
  readonly isPaused: () => boolean;
  readonly setPaused: (paused: boolean) => void;
  readonly openWebSockets: () => readonly OpenWebSocket[];
  readonly audit: AuditLog;
  readonly retired: RetiredIds;
  readonly lastUses: KeptLastUses;
  readonly probe: ChannelProbe;
  readonly trials: KeyTrials;
  readonly archive: Archive;
  /** Why a certificate and its key cannot be used, or `null`. @param tls the paths of their files */
  readonly tlsProblem: (tls: { readonly cert: string; readonly key: string }) => string | null;
  /** @throws ConfigurationError with `file:line:column: reason`, and then nothing was imported */
  readonly importFiles: (files: readonly UploadedFile[]) => Promise<ImportSummary>;
  /** Lets the program drain and end. */
  readonly shutdown: () => void;
}
