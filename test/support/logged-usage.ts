import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { logEnds } from '../../src-main/adapters/usage/replay-log.ts';
import type { UsageDisk } from '../../src-main/adapters/usage/usage-disk.ts';
import { type UsagePlace, UsageWork } from '../../src-main/adapters/usage/usage-work.ts';
import type { RequestRecord } from '../../src-main/contract/request-record.ts';
import type { UsageQuestion, UsageReport } from '../../src-main/core/control-ports.ts';
import { requestLine } from '../../src-main/core/request-line.ts';
import { UsageCounting } from '../../src-main/core/usage/usage-counting.ts';
import { aQuestion } from './usage-records.ts';

export interface SaidOfUsage {
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

/** One run of a program on a data folder: it logs requests, counts them and settles them when a test says so. */
export class LoggedUsage {
  readonly place: UsagePlace;
  readonly said: SaidOfUsage[] = [];
  readonly work: UsageWork;
  readonly #counting = new UsageCounting();
  #number = 0;

  constructor(dataDir: string, disk?: UsageDisk, timeZone = 'UTC') {
    this.place = { folder: join(dataDir, 'usage'), logs: join(dataDir, 'logs'), timeZone, models: ['*'] };
    this.work = new UsageWork((message, fields) => this.said.push({ message, fields }), disk);
    this.#counting.configure(this.place);
  }

  /** Opens the files and counts what the log has and they have not. @returns how many requests that were */
  async open(): Promise<number> {
    await mkdir(this.place.logs, { recursive: true });
    const ends = await logEnds(this.place.logs);
    await this.work.ask('open', { place: this.place, readOnly: false });
    return this.work.ask('catch_up', { ends });
  }

  /** Counts requests and logs them, in the order in which the pipeline does. */
  async record(records: readonly RequestRecord[], file = 'requests-2026-01-15.jsonl'): Promise<void> {
    for (const record of records) this.#counting.add(record);
    const lines = records.map((record) => `${requestLine(record)}\n`).join('');
    await appendFile(join(this.place.logs, file), lines);
  }

  /** Hands over what was counted, without settling it. */
  async add(): Promise<void> {
    this.#number += 1;
    await this.work.ask('add', { number: this.#number, hours: this.#counting.drain() });
  }

  /** Brings what was counted to the disk, with the log's ends. */
  async settle(nowMs: number, isLast = false): Promise<void> {
    await this.add();
    const position = await logEnds(this.place.logs);
    await this.work.ask('settle', { number: this.#number, position, nowMs, isLast });
  }

  report(members: Partial<UsageQuestion> = {}): Promise<UsageReport> {
    return this.work.ask('report', { question: aQuestion(members), timeZone: this.place.timeZone });
  }
}
