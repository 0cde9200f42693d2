import type { Actor, AuditEntry } from '../contract/audit.ts';
import type { Channel, MapSection } from '../contract/document.ts';
import type { Outcome, Protocol, RequestRecord } from '../contract/request-record.ts';
import type { Dimension, Granularity, UsageFigures, UsageGroup } from '../contract/statistics.ts';

/** Where each finished request is counted. Called on the hot path: never waits, never throws. */
export interface UsageCounter {
  add(record: RequestRecord): void;
}

export interface UsageQuestion {
  /** Half-open, epoch milliseconds. A period counts where its start lies in the range. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly by: readonly Dimension[];
  /** Also by period; `null`: the whole range is one. */
  readonly granularity: Granularity | null;
  /** Only rows with one of these values. */
  readonly where: Readonly<Partial<Record<Dimension, readonly string[]>>>;
  /** 0 to 100. */
  readonly percentiles: readonly number[];
}

export interface UsageReport {
  /** By period, then by number of requests, largest first. */
  readonly groups: readonly UsageGroup[];
  readonly total: UsageFigures;
  /** From the start of the first to the end of the last period that was counted, epoch ms; `null` where there is none. */
  readonly covered: { readonly fromMs: number; readonly untilMs: number } | null;
}

/** The counters of what was used, current to the request. */
export interface UsageStatistics {
  report(question: UsageQuestion): Promise<UsageReport>;
}

/** A line of the request log as it is read back; its time is RFC 3339. */
export type LoggedRequest = Omit<RequestRecord, 'time'> & { readonly time: string };

export interface RequestQuestion {
  /** When it ended, as statistics count it. Half-open, epoch milliseconds; `null` for no bound. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly user?: string;
  readonly key_id?: string;
  readonly channel?: string;
  readonly model?: string;
  readonly endpoint?: string;
  readonly protocol?: Protocol;
  /** One, or any of several. */
  readonly outcome?: Outcome | readonly Outcome[];
  readonly status?: number;
  readonly error_code?: string;
  readonly request_id?: string;
  /** Part of any of the texts of the line, whatever its case. */
  readonly text?: string;
  readonly limit: number;
  /** Where the last page ended. */
  readonly cursor: string | null;
}

export interface RequestPage {
  /** Newest first. */
  readonly items: readonly LoggedRequest[];
  /** Where the next page begins; `null` at the end of the log. There may be more even where this page is empty. */
  readonly next: string | null;
}

/** The request log, read back. */
export interface RequestSearch {
  find(question: RequestQuestion): Promise<RequestPage>;
}

/** Finished requests as they are recorded. */
export interface RequestFeed {
  /** Never called while a request waits. @returns what ends the subscription */
  subscribe(listener: (record: RequestRecord) => void): () => void;
}

export interface AuditQuestion {
  /** Half-open, epoch milliseconds; `null` for no bound. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly action?: string;
  readonly target?: string;
  /** Part of any of the texts of the line, whatever its case. */
  readonly text?: string;
  readonly limit: number;
  /** Where the last page ended. */
  readonly cursor: string | null;
}

/** What records that are gone were called. */
export interface GoneNames {
  /** The last name of a record that is gone; `null` where it had none, or is not known. */
  nameOf(section: MapSection, id: string): string | null;
}

/** Ids of records that are gone. They are given to nothing else, because logs and statistics still name them. */
export interface RetiredIds extends GoneNames {
  has(section: MapSection, id: string): boolean;
  /**
   * Resolves when they are on the disk.
   * @param records the section as it was with them, for their names
   * @throws ProxyError `storage_failed`
   */
  add(section: MapSection, ids: readonly string[], records?: Readonly<Record<string, object>>): Promise<void>;
  /**
   * Takes in what another such list holds, as text; names that are known here stay. Resolves when it is on the disk.
   * @throws ProxyError `storage_failed`
   */
  merge(text: string): Promise<void>;
}

/** What admins did. */
export interface AuditLog {
  /** Resolves when the line is with the operating system, or waits for a disk that refuses it. */
  append(entry: Omit<AuditEntry, 'v' | 'time'>): Promise<void>;
  /** Newest first; as in a {@link RequestPage}, there may be more even where nothing was found. */
  find(question: AuditQuestion): Promise<{
    readonly items: readonly AuditEntry[];
    readonly next: string | null;
  }>;
}

/** What a platform said to one of a channel's keys. */
export interface KeyProbe {
  /** Masked. */
  readonly key: string;
  readonly ok: boolean;
  readonly status: number | null;
  readonly message: string;
}

/** What a platform said when it was tried. */
export interface ProbeResult {
  /** Of a channel with several keys: whether all of them work. */
  readonly ok: boolean;
  /** What was asked, without the address: `GET /v1/models`; `null` where nothing could be. */
  readonly request: string | null;
  /** `null` where there was no answer. */
  readonly status: number | null;
  readonly latency_ms: number;
  /** The platform's own words, or why it could not be reached; bounded and without keys. Of several keys, the first that fails. */
  readonly message: string;
  /** Each key by itself, where the channel has several. */
  readonly keys?: readonly KeyProbe[];
}

/** Calls a channel the way the gateway would, outside of any user's account. */
export interface ChannelProbe {
  /** The cheapest real call. @param model asks this model for one token instead of listing models */
  test(id: string, channel: Channel, model: string | null): Promise<ProbeResult>;
  /** The ids of the models the platform offers. @throws ProxyError with the platform's refusal */
  models(id: string, channel: Channel): Promise<readonly string[]>;
}

/** What a backup holds, told by its own manifest. */
export interface BackupSummary {
  /** RFC 3339. */
  readonly created_at: string;
  /** Of the program that made it. */
  readonly version: string;
  readonly files: number;
  /** Of all files together, unpacked. */
  readonly size_bytes: number;
}

/** A backup that was made, to be handed on. */
export interface MadeBackup {
  readonly summary: BackupSummary;
  /** Of the packed file. */
  readonly packedBytes: number;
  /** The packed file; it is removed when this was read or cancelled, which has to be done once. */
  readonly content: ReadableStream<Uint8Array>;
}

/** What a restore did. */
export interface RestoreSummary extends BackupSummary {
  /** Whether another admin token is valid now than before, and sessions begun with the old one are over. */
  readonly admin_token_changed: boolean;
  /** The file that holds what was there before; `null` where there was nothing. */
  readonly previous: string | null;
}

/** Configuration and statistics in one file (tar, gzip), verified by reading it back. One thing at a time. */
export interface Archive {
  /** Makes a backup. @throws ProxyError `conflict` while another one is made or restored, `storage_failed` */
  create(): Promise<MadeBackup>;
  /**
   * Replaces configuration and statistics by those of a backup, the admin token's hash included where it holds one.
   * @throws ProxyError `validation_failed` where it is not whole, `config_read_only`, `request_too_large`, `conflict`,
   * `storage_failed`; nothing is changed then
   */
  restore(archive: AsyncIterable<Uint8Array>): Promise<RestoreSummary>;
}

export type { Actor };
