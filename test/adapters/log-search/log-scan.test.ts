import { appendFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cursorOf } from '../../../src-main/adapters/log-search/log-cursor.ts';
import type { LogPage } from '../../../src-main/adapters/log-search/log-question.ts';
import { type ScanBudget, scanLog } from '../../../src-main/adapters/log-search/log-scan.ts';
import type { RequestRecord } from '../../../src-main/contract/request-record.ts';
import type { LoggedRequest, RequestQuestion } from '../../../src-main/core/control-ports.ts';
import { REQUEST_LINES } from '../../../src-main/core/log-search/log-kind.ts';
import { requestLine } from '../../../src-main/core/request-line.ts';
import { aRecord } from '../../support/request-record.ts';
import { type TempFolder, tempFolder } from '../../support/temp-folder.ts';

const NOON = Date.UTC(2026, 0, 31, 12);
const TODAY = 'requests-2026-01-31.jsonl';
const ROOMY: ScanBudget = { bytes: 1e9, ms: 60_000 };

let temp: TempFolder;
beforeEach(async () => {
  temp = await tempFolder();
});
afterEach(() => temp.remove());

const ask = (question: Partial<RequestQuestion> = {}, budget: ScanBudget = ROOMY): LogPage<LoggedRequest> =>
  scanLog(
    temp.path,
    REQUEST_LINES,
    { fromMs: null, untilMs: null, limit: 1000, cursor: null, ...question },
    budget,
  );
const ids = (page: LogPage<LoggedRequest>) => page.items.map((item) => item.request_id);
const write = (name: string, text: string) => writeFile(join(temp.path, name), text);
const add = (name: string, text: string) => appendFile(join(temp.path, name), text);
const lines = (...records: Partial<RequestRecord>[]) =>
  records.map((record) => `${requestLine(aRecord({ time: NOON, latency_ms: 0, ...record }))}\n`).join('');
const many = (count: number, first = 0) =>
  lines(
    ...Array.from({ length: count }, (_, n) => ({
      request_id: `r${first + n}`,
      time: NOON + (first + n) * 1000,
    })),
  );

/** Follows `next` to the end of the log. */
function everything(question: Partial<RequestQuestion>, budget = ROOMY): string[] {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page = ask({ ...question, cursor }, budget);
    found.push(...ids(page));
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

describe('a search of the request log', () => {
  it('finds nothing where nothing was logged yet', async () => {
    expect(ask()).toEqual({ items: [], next: null });
    await temp.remove();
    expect(ask()).toEqual({ items: [], next: null });
  });

  it('gives the newest first, over parts and days', async () => {
    await write('requests-2026-01-30.jsonl', lines({ request_id: 'a' }, { request_id: 'b' }));
    await write(TODAY, lines({ request_id: 'c' }));
    await write('requests-2026-01-31.2.jsonl', lines({ request_id: 'd' }));
    await write('requests-2026-01-31.10.jsonl', lines({ request_id: 'e' }));
    expect(ids(ask())).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('looks at no other files', async () => {
    await write('audit-2026-01-31.jsonl', lines({ request_id: 'a' }));
    await write('requests-2026-01-31.jsonl.bak', lines({ request_id: 'a' }));
    await write('requests-2026-99-99.jsonl', lines({ request_id: 'a' }));
    expect(ids(ask())).toEqual([]);
  });

  it('passes over lines that are torn, not JSON, of another log or of a later version', async () => {
    const later = lines({ request_id: 'later' }).replace('"v":1', '"v":2');
    await write(TODAY, `{"v":1,"req\n\n[]\nnull\n{"v":1}\n${later}${lines({ request_id: 'a' })}{"v":1,"time`);
    expect(ids(ask())).toEqual(['a']);
  });

  it('takes a last line whose end is not written yet', async () => {
    await write(TODAY, lines({ request_id: 'a' }).trimEnd());
    expect(ids(ask())).toEqual(['a']);
  });

  it('passes over megabytes without a line end, and reads what is before and behind', async () => {
    await write(
      TODAY,
      `${lines({ request_id: 'a' })}${'x'.repeat(40_000_000)}\n${lines({ request_id: 'b' })}`,
    );
    expect(ids(ask())).toEqual(['b', 'a']);
  });

  it('reads lines longer than what is read at once', async () => {
    const long = `{"v":1,"time":"2026-01-31T12:00:00.000Z","request_id":"long","path":"${'é'.repeat(900_000)}"}\n`;
    await write(TODAY, `${lines({ request_id: 'a' })}${long}${lines({ request_id: 'b' })}`);
    expect(ids(ask())).toEqual(['b', 'long', 'a']);
  });
});

describe('a filter', () => {
  const samples: readonly [keyof RequestQuestion & keyof RequestRecord, string | number][] = [
    ['user', 'ünï "quoted" \\ \u2028\n'],
    ['key_id', 'key_9'],
    ['channel', '张三'],
    ['model', 'm"odel'],
    ['endpoint', '/v1/x'],
    ['protocol', 'websocket'],
    ['outcome', 'partial'],
    ['status', 418],
    ['error_code', 'upstream_timeout'],
    ['request_id', 'r9'],
  ];
  it.each(samples)('by %s finds the exact value', async (member, value) => {
    await write(TODAY, lines({}, { [member]: value }, {}));
    expect(ask({ [member]: value }).items).toMatchObject([{ [member]: value }]);
  });

  it('by several outcomes finds those with any of them', async () => {
    await write(
      TODAY,
      lines(
        { request_id: 'a', outcome: 'success' },
        { request_id: 'b', outcome: 'partial' },
        { request_id: 'c', outcome: 'gateway_error' },
      ),
    );
    expect(ids(ask({ outcome: ['gateway_error', 'partial'] }))).toEqual(['c', 'b']);
    expect(ids(ask({ outcome: ['aborted'] }))).toEqual([]);
  });

  it('is not fooled by its own words in another member', async () => {
    await write(TODAY, lines({ path: '/"user":"bob"', user: 'eve' }, { path: '/x","user":"bob","y":"' }));
    expect(ids(ask({ user: 'bob' }))).toEqual([]);
  });

  it('with an empty value finds what has none', async () => {
    await write(TODAY, lines({ request_id: 'a', user: null }, { request_id: 'b' }));
    expect(ids(ask({ user: '' }))).toEqual(['a']);
  });

  it('by text finds a part of any text, whatever its case, quotes and other scripts included', async () => {
    await write(
      TODAY,
      lines(
        { request_id: 'a', error_message: 'The MODEL "Größe" is\nunknown' },
        { request_id: 'b', path: '/v1/größe' },
        { request_id: 'c' },
      ),
    );
    expect(ids(ask({ text: 'GRÖSSE' }))).toEqual([]);
    expect(ids(ask({ text: 'GRÖßE' }))).toEqual(['b', 'a']);
    expect(ids(ask({ text: '"größe" IS\n' }))).toEqual(['a']);
  });

  it('by text does not look at the names of members or at numbers', async () => {
    await write(TODAY, lines({ request_id: 'a', bytes_in: 987654 }));
    expect(ids(ask({ text: 'latency_ms' }))).toEqual([]);
    expect(ids(ask({ text: '987654' }))).toEqual([]);
  });

  it('by time takes requests that ended within the half-open range', async () => {
    const at = (request_id: string, time: number, latency_ms: number) => ({ request_id, time, latency_ms });
    await write(
      TODAY,
      lines(at('a', NOON - 2, 1), at('b', NOON - 5000, 5000), at('c', NOON, 99), at('d', NOON, 100)),
    );
    expect(ids(ask({ fromMs: NOON, untilMs: NOON + 100 }))).toEqual(['c', 'b']);
  });
});

describe('a range in a large file', () => {
  it('is found without reading what is far from it', async () => {
    await write(TODAY, many(40_000));
    const tight: ScanBudget = { bytes: 2_000_000, ms: 60_000 };
    const fromMs = NOON + 5_000_000;
    expect(everything({ fromMs, untilMs: fromMs + 3000 }, tight)).toEqual(['r5002', 'r5001', 'r5000']);
    expect(ask({ fromMs, untilMs: fromMs + 3000 }, tight).next).toBeNull();
  });

  it('is found among lines of any length, torn ones and clocks that were set back a little', () => {
    // Noon and so many steps are still within what the file's day may be anywhere.
    return fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ step: fc.integer({ min: -50_000, max: 100_000 }), junk: fc.nat(3000) }), {
          minLength: 400,
          maxLength: 700,
        }),
        fc.nat(),
        fc.nat(),
        async (steps, one, other) => {
          let time = NOON;
          let latest = NOON;
          const records = steps.map(({ step, junk }, n) => {
            time = Math.max(time + step, latest - 100_000);
            latest = Math.max(latest, time);
            return { record: { request_id: `r${n}`, time, path: `/${'p'.repeat(junk % 1500)}` }, junk };
          });
          const text = records.map(
            ({ record, junk }) => `${junk % 7 === 0 ? 'torn{\n' : ''}${lines(record)}`,
          );
          await write(TODAY, text.join(''));
          const span = latest - NOON + 1;
          const fromMs = NOON + (Math.min(one, other) % span);
          const untilMs = NOON + (Math.max(one, other) % span);
          const expected = records
            .filter(({ record }) => record.time >= fromMs && record.time < untilMs)
            .map(({ record }) => record.request_id)
            .reverse();
          expect(everything({ fromMs, untilMs })).toEqual(expected);
        },
      ),
      // Half a megabyte takes long to shrink.
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('finds lines of a day that was named in any time zone', async () => {
    const zones: readonly [string, string][] = [
      ['requests-2026-02-01.jsonl', '2026-01-31T10:30:00.000Z'],
      ['requests-2026-01-30.jsonl', '2026-01-31T11:30:00.000Z'],
    ];
    for (const [name, time] of zones) await write(name, lines({ request_id: name, time: Date.parse(time) }));
    const fromMs = Date.parse('2026-01-31T10:00:00Z');
    expect(ids(ask({ fromMs, untilMs: fromMs + 2 * 3_600_000 }))).toHaveLength(2);
  });
});

describe('a page', () => {
  it('goes on where the one before ended, without gaps or doubles, while lines are added', async () => {
    await write('requests-2026-01-30.jsonl', many(7));
    await write(TODAY, many(8, 7));
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page = ask({ limit: 4, cursor });
      found.push(...ids(page));
      cursor = page.next;
      await add(TODAY, lines({ request_id: 'new' }));
    } while (cursor !== null);
    expect(found).toEqual(Array.from({ length: 15 }, (_, n) => `r${14 - n}`));
  });

  it('ends with its limit, and says so where the log ends with it', async () => {
    await write(TODAY, many(4));
    expect(ask({ limit: 4 })).toMatchObject({ next: null });
    expect(ask({ limit: 3 }).next).not.toBeNull();
  });

  it('is cut short where a search takes long, and then goes on', async () => {
    await write(TODAY, many(5000));
    const short: ScanBudget = { bytes: 1, ms: 60_000 };
    const first = ask({ request_id: 'r0' }, short);
    expect(first.items).toEqual([]);
    expect(first.next).not.toBeNull();
    expect(everything({ request_id: 'r0' }, short)).toEqual(['r0']);
  });

  it('goes on with the older files where its own was deleted meanwhile', async () => {
    await write('requests-2026-01-30.jsonl', many(2));
    await write(TODAY, many(4, 2));
    const { next } = ask({ limit: 2 });
    await rm(join(temp.path, TODAY));
    expect(ids(ask({ cursor: next }))).toEqual(['r1', 'r0']);
  });

  it('goes on at the end of a file that became shorter meanwhile', async () => {
    await write(TODAY, many(4));
    const { next } = ask({ limit: 1 });
    await truncate(join(temp.path, TODAY), Buffer.byteLength(many(2)));
    expect(ids(ask({ cursor: next }))).toEqual(['r1', 'r0']);
  });

  it.each([
    'garbage',
    '',
    Buffer.from('2026-01-31.0').toString('base64url'),
    Buffer.from('2026-01-31.0.1e3').toString('base64url'),
    Buffer.from('../../etc/passwd.0.1').toString('base64url'),
    `${cursorOf({ day: '2026-01-31', part: 0, offset: 0 })}=`,
  ])('is refused for the cursor %j', async (cursor) => {
    await write(TODAY, many(4));
    expect(() => ask({ cursor })).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });

  it('is refused for a cursor that points into the middle of a line', async () => {
    await write(TODAY, many(4));
    const cursor = cursorOf({ day: '2026-01-31', part: 0, offset: 10 });
    expect(() => ask({ cursor })).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });
});
