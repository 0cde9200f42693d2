import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { RequestRecord } from '../../src-main/contract/request-record.ts';
import { requestLine } from '../../src-main/core/request-line.ts';

const LINES_PER_WRITE = 2000;
const DAY_MS = 24 * 3_600_000;

/** A large request log, as years of use would leave it. */
export interface WrittenLog {
  readonly dataDir: string;
  readonly lines: number;
  /** The log ends here, epoch milliseconds, and goes back from there at equal steps. */
  readonly untilMs: number;
  readonly stepMs: number;
  /** @param at how many came before it */
  readonly recordOf: (at: number, timeMs: number) => RequestRecord;
}

/** Writes a request log in the store's own format, one file for each day of UTC. */
export async function writeLog({ dataDir, lines, untilMs, stepMs, recordOf }: WrittenLog): Promise<void> {
  const folder = join(dataDir, 'logs');
  await mkdir(folder, { recursive: true });
  const firstMs = untilMs - lines * stepMs;
  for (let at = 0; at < lines; ) {
    const day = Math.floor((firstMs + at * stepMs) / DAY_MS);
    const end = Math.min(lines, Math.ceil(((day + 1) * DAY_MS - firstMs) / stepMs));
    const name = `requests-${new Date(day * DAY_MS).toISOString().slice(0, 10)}.jsonl`;
    const file = createWriteStream(join(folder, name));
    while (at < end) {
      const stop = Math.min(end, at + LINES_PER_WRITE);
      let text = '';
      for (; at < stop; at += 1) text += `${requestLine(recordOf(at, Math.round(firstMs + at * stepMs)))}\n`;
      if (!file.write(text)) await once(file, 'drain');
    }
    file.end();
    await finished(file);
  }
}
