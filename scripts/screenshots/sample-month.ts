import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestRecord } from '../../src-main/contract/request-record.ts';
import { requestLine } from '../../src-main/core/request-line.ts';
import { aRecord } from '../../test/support/request-record.ts';
import { SAMPLE_USERS } from './sample-company.ts';

const HOUR_MS = 3_600_000;
const HOURS = 28 * 24;

const USUAL = { model: 'gpt-4o-mini', channel: 'openai', cost: 0.6, weight: 5 };
const MODELS = [
  USUAL,
  { model: 'gpt-4o', channel: 'openai', cost: 9, weight: 3 },
  { model: 'claude-sonnet-4-6', channel: 'claude', cost: 12, weight: 3 },
  { model: 'qwen-plus', channel: 'qwen', cost: 1.1, weight: 3 },
  { model: 'gemini-2.5-flash', channel: 'gemini', cost: 2, weight: 2 },
].flatMap((one) => Array.from({ length: one.weight }, () => one));

const TOO_MANY: Partial<RequestRecord> = {
  status: 429,
  outcome: 'platform_error',
  error_code: 'rate_limit_exceeded',
  error_message: 'Rate limit reached for requests.',
};

/** How requests go wrong: one in a thousand for each number between this one's limit and the one before. */
const FAILURES: readonly (readonly [below: number, members: Partial<RequestRecord>])[] = [
  [12, TOO_MANY],
  [
    18,
    {
      status: 502,
      outcome: 'gateway_error',
      error_code: 'upstream_unreachable',
      error_message: 'the platform cannot be reached: connection refused',
    },
  ],
  [
    26,
    {
      status: 401,
      outcome: 'client_error',
      error_code: 'invalid_proxy_key',
      error_message: 'this Proxy-Key is not known here',
      user: null,
      key_id: null,
      channel: null,
      model: null,
      attempts: 0,
    },
  ],
  [31, { status: 499, outcome: 'aborted', error_code: null, error_message: 'the client left' }],
];

/** Numbers between 0 and 1 that look random, and are the same every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Draw = () => number;

function chosen<T>(choices: readonly T[], draw: Draw, otherwise: T): T {
  return choices[Math.floor(draw() * choices.length)] ?? otherwise;
}

function failure(draw: Draw): Partial<RequestRecord> {
  const left = draw() * 1000;
  return FAILURES.find(([below]) => left < below)?.[1] ?? {};
}

/** Few at night, fewer at weekends, more each week. */
function requestsOf(time: Date, week: number, draw: Draw): number {
  const hour = time.getUTCHours();
  const usual = hour >= 7 && hour < 19 ? 14 + 6 * Math.sin(((hour - 7) / 12) * Math.PI) : 3;
  const share = time.getUTCDay() % 6 === 0 ? 0.4 : 1;
  return Math.floor(usual * share * (0.6 + draw()) * (1 + week / 6));
}

function recordAt(time: number, number: number, draw: Draw): RequestRecord {
  const { model, channel, cost } = chosen(MODELS, draw, USUAL);
  // Some use it more than others.
  const user = chosen(SAMPLE_USERS, () => draw() ** 2, 'ann');
  const tokens_in = Math.round(200 + 1800 * draw() ** 2);
  const tokens_out = Math.round(80 + 900 * draw() ** 2);
  const wrong = failure(draw);
  const isGood = wrong.outcome === undefined;
  const latency_ms = Math.round(300 + 2500 * draw() ** 3);
  return aRecord({
    time,
    request_id: `req_sample${String(number).padStart(6, '0')}`,
    user,
    key_id: `key_${user}`,
    channel,
    model,
    protocol: draw() < 0.6 ? 'sse' : 'http',
    latency_ms,
    ttfb_ms: Math.round(latency_ms * 0.4),
    bytes_in: 900 + tokens_in * 4,
    bytes_out: 300 + tokens_out * 4,
    ...(isGood ? { tokens_in, tokens_out, cost: ((tokens_in / 4 + tokens_out) * cost) / 1e6 } : {}),
    ...wrong,
  });
}

/** The id of a request that was refused by its platform. */
export const REFUSED_REQUEST = 'req_sample_refused';

const refused = (time: number): RequestRecord =>
  aRecord({
    ...TOO_MANY,
    time,
    request_id: REFUSED_REQUEST,
    user: 'ann',
    key_id: 'key_ann',
    model: 'gpt-4o',
    latency_ms: 412,
    ttfb_ms: 408,
    bytes_in: 2310,
    bytes_out: 187,
  });

/** Four weeks of requests that end now, oldest first. */
function sampleMonth(nowMs: number): readonly RequestRecord[] {
  const draw = numbers(20_26);
  const firstMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - HOURS * HOUR_MS;
  const times = Array.from({ length: HOURS + 1 }, (_, hour) => {
    const startMs = firstMs + hour * HOUR_MS;
    const count = requestsOf(new Date(startMs), Math.floor(hour / 168), draw);
    return Array.from({ length: count }, () => Math.floor(startMs + draw() * HOUR_MS));
  });
  return times
    .flat()
    .filter((time) => time < nowMs)
    .sort((one, other) => one - other)
    .map((time, number) => recordAt(time, number, draw))
    .concat(refused(nowMs));
}

/** Writes four weeks of requests into the log; the program counts them when it starts. */
export async function writeSampleMonth(dataDir: string, nowMs: number): Promise<void> {
  const folder = join(dataDir, 'logs');
  await mkdir(folder, { recursive: true });
  const days = Map.groupBy(sampleMonth(nowMs), ({ time }) => new Date(time).toISOString().slice(0, 10));
  for (const [day, records] of days) {
    const lines = records.map((record) => `${requestLine(record)}\n`).join('');
    await appendFile(join(folder, `requests-${day}.jsonl`), lines);
  }
}
