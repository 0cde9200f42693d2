import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import { adminClient } from '../support/admin-client.ts';
import { type CleanUp, createCleanUp } from '../support/clean-up.ts';
import { COUNTED_USAGE, type CountingPlatform, startCountingPlatform } from '../support/counting-platform.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { rounds } from '../support/long-run.ts';
import { type LoggedRequest, requestLogLines } from '../support/request-log-lines.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';

const KILLS = rounds(4, 50);
const CLIENTS = 12;

/** What the client of a request saw. */
interface Seen {
  readonly round: number;
  /** Which of all the answers it was that were whole; `null` where it never was. */
  readonly whole: number | null;
}

let cleanUp: CleanUp;
beforeEach(() => {
  cleanUp = createCleanUp();
});
afterEach(() => cleanUp.run());

/** Asks without a pause from several clients until the program is gone. */
async function load(program: Program, round: number, seen: Map<number, Seen>): Promise<void> {
  const agent = new Agent({ connections: CLIENTS });
  let wholes = 0;
  const body = JSON.stringify({ model: 'counted', messages: [{ role: 'user', content: 'hi' }] });
  const client = async (): Promise<void> => {
    for (;;) {
      const n = seen.size;
      seen.set(n, { round, whole: null });
      const answer = await request(`${program.ready.proxy}/v1/chat/completions?n=${n}`, {
        dispatcher: agent,
        method: 'POST',
        headers: { authorization: 'Bearer pk-of-someone', 'content-type': 'application/json' },
        body: n % 3 === 0 ? body.replace('{', '{"stream":true,') : body,
      });
      const text = await answer.body.text();
      if (!text.includes(n % 3 === 0 ? '[DONE]' : 'chat.completion')) throw new Error(text);
      wholes += 1;
      seen.set(n, { round, whole: wholes });
    }
  };
  await Promise.allSettled(Array.from({ length: CLIENTS }, client));
  await agent.destroy();
}

const numberOf = ({ path }: LoggedRequest): number => Number(/[?&]n=(\d+)/.exec(path)?.[1]);

/** Starts the program, loads it, kills it at a moment of no meaning. */
async function loadAndKill(dataDir: string, round: number, seen: Map<number, Seen>): Promise<void> {
  const program = await startProgram(dataDir);
  const loaded = load(program, round, seen);
  const hasAnswered = () => [...seen.values()].some((one) => one.round === round && one.whole !== null);
  await expect.poll(hasAnswered, { interval: 2 }).toBe(true);
  // The first counters go to the disk when the last run's requests are caught up with, the next after ten seconds.
  const afterMs = round % 25 === 24 ? 9_900 + Math.random() * 300 : 20 + Math.random() * 380;
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  program.kill();
  await Promise.all([loaded, program.exited]);
}

/**
 * Requests that the platform has seen and the log has not, although their lines were not on their way to the disk. Lines
 * are written in the order in which requests end: only the last ones before the kill may be missing, which clients may
 * have seen in another order, but not by more than there are clients.
 */
function lostFrom(logged: ReadonlySet<number>, platform: CountingPlatform, seen: ReadonlyMap<number, Seen>) {
  const lastLogged = new Map<number, number[]>();
  for (const n of logged) {
    const { round, whole } = seen.get(n) ?? { round: -1, whole: null };
    if (whole !== null) lastLogged.set(round, [...(lastLogged.get(round) ?? []), whole]);
  }
  return [...platform.came.keys()].filter((n) => {
    const { round, whole } = seen.get(n) ?? { round: -1, whole: 0 };
    if (logged.has(n) || whole === null) return false;
    return (lastLogged.get(round) ?? []).filter((other) => other > whole).length > CLIENTS;
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

describe(`a program that is killed ${KILLS} times under load`, () => {
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
    for (let round = 0; round < KILLS; round++) await loadAndKill(folder.path, round, seen);

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
    expect(lostFrom(new Set(numbers), platform, seen)).toEqual([]);
  });
});
