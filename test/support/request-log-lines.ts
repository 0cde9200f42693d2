import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestRecord } from '../../src-main/contract/request-record.ts';

/** A line of the request log; its time is text there. */
export type LoggedRequest = Omit<RequestRecord, 'time'> & { readonly time: string };

const POLL_MS = 15;

async function readLines(dataDir: string): Promise<LoggedRequest[]> {
  const folder = join(dataDir, 'logs');
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => /^requests-.*\.jsonl$/.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line): LoggedRequest => JSON.parse(line)),
  );
}

/**
 * The lines of a data folder's request log, once there are as many as expected.
 * @throws Error where there are not that many after `deadlineMs`
 */
export async function requestLogLines(
  dataDir: string,
  atLeast: number,
  deadlineMs = 30_000,
): Promise<readonly LoggedRequest[]> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const lines = await readLines(dataDir);
    if (lines.length >= atLeast) return lines;
    if (performance.now() > until) {
      throw new Error(`${lines.length} of ${atLeast} lines in the request log after ${deadlineMs} ms`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
