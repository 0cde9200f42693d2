import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import type { LoggedRequest } from '../support/request-log-lines.ts';
import { type Performed, performAll } from './thousand-requests/perform.ts';
import { makePlan } from './thousand-requests/plan.ts';
import { CHANNELS, keyOf, type Setting, startSetting, USERS } from './thousand-requests/setting.ts';
import { type Counted, tally, total } from './thousand-requests/tally.ts';

const REQUESTS = 1000;
const AT_A_TIME = 24;
const USAGE_SPLICE = '"stream_options":{"include_usage":true},';

const cleanUp = createCleanUp();
let setting: Setting;
let performed: readonly Performed[];
let lines: readonly LoggedRequest[];

beforeAll(async () => {
  setting = await startSetting(cleanUp);
  performed = await performAll(setting, makePlan(REQUESTS), AT_A_TIME);
  lines = await setting.gateway.lines(REQUESTS);
});
afterAll(cleanUp.run);

/** What the clients sent and received, and what the platforms said was used. */
const asPerformed = ({ planned, bytesReceived, seen }: Performed): Counted => ({
  user: planned.expected.user,
  channel: planned.expected.channel,
  outcome: planned.expected.outcome,
  bytesIn: planned.expected.bodyRead ? (planned.body?.length ?? 0) : 0,
  bytesOut: bytesReceived,
  tokensIn: seen?.answered.usage.tokens_in ?? 0,
  tokensOut: seen?.answered.usage.tokens_out ?? 0,
  tokensCached: seen?.answered.usage.tokens_cached ?? 0,
  tokensReasoning: seen?.answered.usage.tokens_reasoning ?? 0,
});

const asLogged = (line: LoggedRequest): Counted => ({
  user: line.user,
  channel: line.channel,
  outcome: line.outcome,
  bytesIn: line.bytes_in,
  bytesOut: line.bytes_out,
  tokensIn: line.tokens_in ?? 0,
  tokensOut: line.tokens_out ?? 0,
  tokensCached: line.tokens_cached ?? 0,
  tokensReasoning: line.tokens_reasoning ?? 0,
});

/** What must be so for each single request. */
async function expectArrival({ planned, seen }: Performed): Promise<void> {
  const { channel, usageAskedFor } = planned.expected;
  if (channel === null) {
    expect(seen).toBeNull();
    return;
  }
  const standIn = setting.standIns[channel];
  if (seen === null || !standIn.requests.includes(seen)) throw new Error(`${planned.number} did not arrive`);
  expect(await seen.placesOf(standIn.apiKey)).toHaveLength(1);
  expect(await seen.placesOf('pk-')).toEqual([]);
  const arrived = await seen.body;
  const sent = planned.body ?? Buffer.alloc(0);
  expect(arrived.length - sent.length).toBe(usageAskedFor ? USAGE_SPLICE.length : 0);
  if (arrived.bytes !== null)
    expect(arrived.bytes.toString().replace(usageAskedFor ? USAGE_SPLICE : '', '')).toBe(sent.toString());
}

describe('a thousand mixed requests of a hundred users', () => {
  it('are answered as each of them deserves', () => {
    const answers = performed.map(({ planned, status }) => [planned.number, planned.kind, status]);
    expect(answers).toEqual(
      performed.map(({ planned }) => [planned.number, planned.kind, planned.expected.status]),
    );
  });

  it('arrive where they belong, with the key of the channel alone and the bytes that were sent', async () => {
    for (const one of performed) await expectArrival(one);
  });

  it('are logged one by one, each under its user, channel and outcome', () => {
    expect(lines).toHaveLength(REQUESTS);
    const byId = new Map(lines.map((line) => [line.request_id, line]));
    for (const { planned, requestId } of performed) {
      if (requestId === null) continue;
      const { user, channel, status, outcome, code } = planned.expected;
      const line = byId.get(requestId);
      expect({ number: planned.number, ...line }).toMatchObject({
        number: planned.number,
        user,
        channel,
        status,
        outcome,
      });
      if (code !== null) expect(line?.error_code).toBe(code);
    }
  });

  it.each(['user', 'channel', 'outcome'] as const)(
    'sum up in the request log by %s as they were sent',
    (by) => {
      expect(tally(lines.map(asLogged), by)).toEqual(tally(performed.map(asPerformed), by));
    },
  );

  it('were made by every user', () => {
    expect(Object.keys(tally(lines.map(asLogged), 'user'))).toHaveLength(USERS + 1);
  });
});

describe('the statistics of a thousand mixed requests', () => {
  it('sum up in /stats as they were sent', async () => {
    const stats = await setting.gateway.stats();
    const counted = performed.map(asPerformed);
    const sums = total(counted);
    const byOutcome = tally(counted, 'outcome');
    const byChannel = tally(counted, 'channel');
    expect(stats.total_requests).toBe(REQUESTS);
    expect(stats.successful_requests).toBe(byOutcome.success?.requests);
    expect(stats.failed_requests).toBe(REQUESTS - stats.successful_requests);
    expect(stats.bytes).toEqual({ in: sums.bytesIn, out: sums.bytesOut });
    expect(stats.tokens).toEqual({ in: sums.tokensIn, out: sums.tokensOut });
    for (const [outcome, count] of Object.entries(stats.outcomes)) {
      expect(count, outcome).toBe(byOutcome[outcome]?.requests ?? 0);
    }
    for (const id of CHANNELS) expect(stats.channel_stats[id]?.requests, id).toBe(byChannel[id]?.requests);
  });

  it('agree with the number of requests each platform saw', () => {
    const byChannel = tally(lines.map(asLogged), 'channel');
    for (const id of CHANNELS) expect(byChannel[id]?.requests, id).toBe(setting.standIns[id].requests.length);
  });

  it('name no key', () => {
    const log = JSON.stringify(lines);
    for (let user = 0; user < USERS; user++) expect(log).not.toContain(keyOf(user));
    for (const id of CHANNELS) expect(log).not.toContain(setting.standIns[id].apiKey);
  });
});
