import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LogSearch } from '../../../src-main/adapters/log-search/log-search.ts';
import type { RequestQuestion } from '../../../src-main/core/control-ports.ts';
import { requestLine } from '../../../src-main/core/request-line.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { aRecord } from '../../support/request-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const ALL: RequestQuestion = { fromMs: null, untilMs: null, limit: 10, cursor: null };

async function setUp(lines = 1) {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const text = Array.from({ length: lines }, (_, n) => `${requestLine(aRecord({ request_id: `r${n}` }))}\n`);
  await writeFile(join(folder.path, 'requests-2026-01-15.jsonl'), text.join(''));
  const clock = createFakeClock();
  return { search: cleanUp.closing(new LogSearch(folder.path, clock)), clock };
}

describe('the thread that searches logs', () => {
  it('answers each question by itself, however many are asked at once', async () => {
    const { search } = await setUp(50);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => search.requests({ ...ALL, request_id: `r${n}` })),
    );
    expect(answers.map((page) => page.items.map((item) => item.request_id))).toEqual(
      Array.from({ length: 20 }, (_, n) => [`r${n}`]),
    );
  });

  it('refuses a cursor that is none, and answers the next question', async () => {
    const { search } = await setUp();
    await expect(search.requests({ ...ALL, cursor: 'garbage' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect((await search.requests(ALL)).items).toHaveLength(1);
  });

  it('leaves the main thread free while it searches', async () => {
    const { search } = await setUp(30_000);
    await search.requests(ALL);
    const [before, ownBefore] = [process.cpuUsage(), process.threadCpuUsage()];
    await search.requests({ ...ALL, text: 'nothing has this' });
    const [all, own] = [process.cpuUsage(before), process.threadCpuUsage(ownBefore)];
    expect(own.user).toBeLessThan(all.user / 2);
  });

  it('ends after a minute without a question, and begins anew with the next', async () => {
    const { search, clock } = await setUp();
    await search.requests(ALL);
    expect(clock.pending).toBe(1);
    await clock.advanceAsync(60_000);
    expect(clock.pending).toBe(0);
    expect((await search.requests(ALL)).items).toHaveLength(1);
  });

  it('that is closed in the middle of a search fails it', async () => {
    const { search } = await setUp(120_000);
    const asked = expect(search.requests({ ...ALL, text: 'nothing has this' })).rejects.toThrow('has ended');
    await search.close();
    await asked;
  });
});
