import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageThread } from '../../../src-main/adapters/usage/usage-thread.ts';
import type { UsageQuestion } from '../../../src-main/core/control-ports.ts';
import { type CountableRecord, UsageCounting } from '../../../src-main/core/usage/usage-counting.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aRecord } from '../../support/request-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { aQuestion } from '../../support/usage-records.ts';

const DAY_START = Date.UTC(2026, 0, 15);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A million requests a day. */
const PER_HOUR = 41_667;
const USERS = 500;
const MODELS = 20;
const MIB = 1024 * 1024;

const cleanUp = createCleanUp();
let folder = '';
let thread: UsageThread;
let number = 0;
const counting = new UsageCounting();
counting.configure({ timeZone: 'UTC', models: ['*'] });

/** Numbers that look random and are the same in each run. */
let state = 1;
function random(below: number): number {
  state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
  return ((state ^ (state >>> 13)) >>> 0) % below;
}

/** Somebody's request in an hour; many requests of the few busy ones, few of the many others. */
function aRequest(hour: number): CountableRecord {
  const user = Math.min(random(USERS), random(USERS));
  const model = random(MODELS);
  return aRecord({
    time: DAY_START + hour * HOUR + random(HOUR - 100_000),
    latency_ms: 2 ** (random(12_000) / 1000 + 4),
    user: `usr_${user}`,
    key_id: `key_${user}`,
    channel: `ch_${model % 4}`,
    model: `model-${model}`,
    tokens_in: random(2000),
    tokens_out: random(900),
    cost: random(1000) / 1e6,
  });
}

async function settle(nowMs: number): Promise<void> {
  number += 1;
  void thread.ask('add', { number, hours: counting.drain() });
  await thread.ask('settle', { number, position: { log: number }, nowMs, isLast: false });
}

async function open(): Promise<UsageThread> {
  const opened = new UsageThread(() => undefined);
  cleanUp.add(() => opened.close());
  const place = { folder, logs: join(folder, 'logs'), timeZone: 'UTC', models: ['*'] };
  await opened.ask('open', { place, readOnly: false });
  return opened;
}

const asked = (members: Partial<UsageQuestion>) =>
  thread.ask('report', { question: aQuestion(members), timeZone: 'UTC' });

const sizeOf = async (...path: string[]): Promise<number> => (await stat(join(folder, ...path))).size;

describe('a day of a million requests from 500 users over 20 models and 4 channels', () => {
  beforeAll(async () => {
    const temporary = await tempFolder();
    cleanUp.add(() => temporary.remove());
    folder = join(temporary.path, 'usage');
    thread = await open();
    for (let hour = 0; hour < 24; hour++) {
      for (let at = 0; at < PER_HOUR; at++) counting.add(aRequest(hour));
      await settle(DAY_START);
      await nextTurn();
    }
  });
  afterAll(cleanUp.run);

  it('takes less than three MiB an hour', async () => {
    const sizes = await Promise.all(
      (await readdir(join(folder, '2026-01-15'))).map((name) => sizeOf('2026-01-15', name)),
    );
    expect(sizes).toHaveLength(24);
    expect(Math.max(...sizes)).toBeLessThan(3 * MIB);
  });

  it('has the same total however it is asked for', async () => {
    const questions: readonly Partial<UsageQuestion>[] = [
      {},
      { by: ['user'] },
      { by: ['model'], percentiles: [50, 95, 99] },
      { granularity: 'hour' },
      { granularity: 'hour', where: { user: ['usr_7'] }, percentiles: [50, 99] },
      { by: ['channel', 'endpoint'] },
    ];
    for (const question of questions) {
      const { total } = await asked(question);
      expect(total.requests, JSON.stringify(question)).toBe(
        question.where === undefined ? 24 * PER_HOUR : total.success,
      );
    }
  });

  it('takes less than ten MiB as a day, and as a month', async () => {
    const before = await asked({ by: ['user'], percentiles: [50, 99] });
    await settle(DAY_START + 30 * DAY);
    expect(await sizeOf('days', '2026-01-15+0000.json')).toBeLessThan(10 * MIB);
    await settle(DAY_START + 200 * DAY);
    expect(await sizeOf('months', '2026-01+0000.json')).toBeLessThan(10 * MIB);
    expect((await readdir(folder)).sort()).toEqual(['latest.json', 'months']);
    const fromMs = Date.UTC(2026, 0);
    const after = await asked({ by: ['user'], percentiles: [50, 99], fromMs });
    expect(after.total.latency_ms_percentiles).toEqual(before.total.latency_ms_percentiles);
    expect(after.groups.length).toBe(USERS);
    const requestsOf = (groups: typeof after.groups) =>
      Object.fromEntries(groups.map(({ group, requests }) => [group.user, requests]));
    expect(requestsOf(after.groups)).toEqual(requestsOf(before.groups));
  });
});
