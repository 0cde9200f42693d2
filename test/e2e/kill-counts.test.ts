import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import { adminClient } from '../support/admin-client.ts';
import { type CleanUp, createCleanUp } from '../support/clean-up.ts';
import { COUNTED_USAGE, type CountingPlatform, startCountingPlatform } from '../support/counting-platform.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type LoggedRequest, requestLogLines } from '../support/request-log-lines.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';

const KILLS = 50;
const CLIENTS = 12;
/** Lines wait up to 25 ms for their write, and a write takes its time on a busy computer. */
const ON_THE_WAY_MS = 500;

/** What the client of a request saw. */
interface Seen {
  readonly round: number;
  /** When its answer was whole, `performance.now()`; `null` where it never was. */
  readonly wholeMs: number | null;
}

let cleanUp: CleanUp;
beforeEach(() => {
  cleanUp = createCleanUp();
});
afterEach(() => cleanUp.run());

/** Asks without a pause from several clients until the program is gone. */
async function load(program: Program, round: number, seen: Map<number, Seen>): Promise<void> {
  const agent = new Agent({ connections: CLIENTS });
  const body = JSON.stringify({ model: 'counted', messages: [{ role: 'user', content: 'hi' }] });
  const client = async (): Promise<void> => {
    for (;;) {
      const n = seen.size;
      seen.set(n, { round, wholeMs: null });
      const answer = await request(`${program.ready.proxy}/v1/chat/completions?n=${n}`, {
        dispatcher: agent,
        method: 'POST',
        headers: { authorization: 'Bearer pk-of-someone', 'content-type': 'application/json' },
        body: n % 3 === 0 ? body.replace('{', '{"stream":true,') : body,
      });
      const text = await answer.body.text();
      if (!text.includes(n % 3 === 0 ? '[DONE]' : 'chat.completion')) throw new Error(text);
      seen.set(n, { round, wholeMs: performance.now() });
    }
  };
  await Promise.allSettled(Array.from({ length: CLIENTS }, client));
  await agent.destroy();
}

const numberOf = ({ path }: LoggedRequest): number => Number(/[?&]n=(\d+)/.exec(path)?.[1]);

/** Starts the program, loads it, kills it at a moment of no meaning. @returns when that was */
async function loadAndKill(dataDir: string, round: number, seen: Map<number, Seen>): Promise<number> {
  const program = await startProgram(dataDir);
  const loaded = load(program, round, seen);
  // The first counters go to the disk when the last run's requests are caught up with, the next after ten seconds.
  const afterMs = round % 25 === 24 ? 9_900 + Math.random() * 300 : 20 + Math.random() * 380;
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const killedMs = performance.now();
  program.kill();
  await Promise.all([loaded, program.exited]);
  return killedMs;
}

/** A request that the platform has seen and the log has not. */
interface Missing {
  readonly n: number;
  /** How long before the kill its client had the whole answer, in milliseconds; `null` where it never had. */
  readonly beforeMs: number | null;
  /** Why it may be missing, or `null` where nothing explains it. */
  readonly why: string | null;
}

function missingFrom(
  logged: ReadonlySet<number>,
  platform: CountingPlatform,
  seen: ReadonlyMap<number, Seen>,
  kills: readonly number[],
): readonly Missing[] {
  return [...platform.came.keys()].flatMap((n): Missing[] => {
    if (logged.has(n)) return [];
    const { round, wholeMs } = seen.get(n) ?? { round: -1, wholeMs: 0 };
    if (wholeMs === null) return [{ n, beforeMs: null, why: 'its client got no whole answer' }];
    const beforeMs = (kills[round] ?? Number.POSITIVE_INFINITY) - wholeMs;
    return [{ n, beforeMs, why: beforeMs < ON_THE_WAY_MS ? 'its line was on its way to the disk' : null }];
  });
}

/** What the admin API says was counted in all. */
async function totalOf(program: Program): Promise<UsageFigures> {
  const { console: consoleUrl, admin_token: runToken } = program.ready;
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const { status, body } = await adminClient({ consoleUrl, runToken }).get<{
    total: UsageFigures;
  }>(`/statistics/summary?start_time=${day(-1)}&end_time=${day(1)}`);
  expect(status).toBe(200);
  return body.total;
}

describe('a program that is killed 50 times under load', () => {
  it('counts what its log has, and its log has what the platform answered but for what was in flight', async () => {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const platform = cleanUp.closing(await startCountingPlatform('channel-key'));
    const document = aDocument({
      users: { someone: aUser() },
      proxy_keys: { key: aKey('someone', 'pk-of-someone') },
      channels: { counting: aChannel('openai', platform.url, 'channel-key') },
    });
    await writeDocument(folder.path, document);
    const seen = new Map<number, Seen>();
    const kills: number[] = [];
    for (let round = 0; round < KILLS; round++) kills.push(await loadAndKill(folder.path, round, seen));

    const last = cleanUp.closing(await startProgram(folder.path));
    const lines = await requestLogLines(folder.path, 1);
    const total = await totalOf(last);
    const numbers = lines.map(numberOf);
    // The log has no request twice and none that nobody made; the platform got none twice.
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((n) => !seen.has(n))).toEqual([]);
    expect([...platform.came].filter(([, times]) => times !== 1)).toEqual([]);
    // The counters have exactly what the log has.
    const sum = (member: 'tokens_in' | 'tokens_out' | 'bytes_out'): number =>
      lines.reduce((all, line) => all + (line[member] ?? 0), 0);
    expect(total).toMatchObject({
      requests: lines.length,
      success: lines.filter(({ outcome }) => outcome === 'success').length,
      tokens_in: sum('tokens_in'),
      tokens_out: sum('tokens_out'),
      bytes_out: sum('bytes_out'),
    });
    expect(total.tokens_in).toBe(
      COUNTED_USAGE.prompt_tokens * numbers.filter((n) => platform.answered.has(n)).length,
    );
    // What the platform counted beyond that was in flight, each request of it by name.
    const missing = missingFrom(new Set(numbers), platform, seen, kills);
    expect(missing.filter(({ why }) => why === null)).toEqual([]);
    expect(numbers.length + missing.length).toBe(platform.came.size);
    expect(missing.length).toBeLessThan(platform.came.size / 10);
  }, 180_000);
});
