import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createUsageExport } from '../../src-main/adapters/usage-export.ts';
import { emptyDocument } from '../../src-main/contract/document.ts';
import type { UsageGroup } from '../../src-main/contract/statistics.ts';
import type { UsageQuestion, UsageStatistics } from '../../src-main/core/control-ports.ts';
import { someFigures } from '../support/figures.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const DAYS = 60;
const GROUPS_A_DAY = 500;
const QUESTION: UsageQuestion = {
  fromMs: START,
  untilMs: START + DAYS * DAY_MS,
  by: ['user'],
  granularity: 'hour',
  where: {},
  percentiles: [],
};

/** Statistics with many groups a day that remember what they were asked. @param failsAt the question that fails, from 1 on */
function manyGroups(failsAt = Number.POSITIVE_INFINITY) {
  const asked: UsageQuestion[] = [];
  const usage: UsageStatistics = {
    async report(question) {
      asked.push(question);
      if (asked.length === failsAt) throw new Error('the disk is gone');
      const period = new Date(question.fromMs).toISOString();
      const groups = Array.from(
        { length: GROUPS_A_DAY },
        (_, n): UsageGroup => ({ ...someFigures({ requests: 1 }), group: { user: `usr_${n}` }, period }),
      );
      return { groups, total: someFigures(), covered: null };
    },
  };
  const document = { ...emptyDocument(), system: { time_zone: 'UTC' } };
  return { asked, write: createUsageExport({ usage, document: () => document }) };
}

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();

/** Lets streams go on until nothing happens any more. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
}

describe.each(['csv', 'json'] as const)('an export as %s', (format) => {
  it('has every group of every part', async () => {
    const { asked, write } = manyGroups();
    const text = await textOf(await write(QUESTION, format));
    expect(text.match(/usr_/g)).toHaveLength(DAYS * GROUPS_A_DAY);
    expect(asked).toHaveLength(DAYS);
  });

  it('asks for a part only when its reader comes to it', async () => {
    const { asked, write } = manyGroups();
    const reader = (await write(QUESTION, format)).getReader();
    await reader.read();
    await settled();
    expect(asked.length).toBeLessThan(DAYS / 4);
    await reader.cancel();
  });

  it('asks nothing more once its reader has gone', async () => {
    const { asked, write } = manyGroups();
    const stream = await write(QUESTION, format);
    await stream.cancel();
    const before = asked.length;
    await settled();
    expect(asked.length).toBe(before);
  });

  it('fails at once where the first part cannot be had, and in the middle where a later one cannot', async () => {
    await expect(manyGroups(1).write(QUESTION, format)).rejects.toThrow('the disk is gone');
    const stream = await manyGroups(30).write(QUESTION, format);
    await expect(textOf(stream)).rejects.toThrow();
  });
});
