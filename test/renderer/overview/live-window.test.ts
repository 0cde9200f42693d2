import { describe, expect, test } from 'vitest';
import type { LoggedRequest } from '../../../src-renderer/api/live-feed.ts';
import { channelRows } from '../../../src-renderer/features/overview/channel-rows.ts';
import { latestErrors } from '../../../src-renderer/features/overview/latest-errors.ts';
import {
  LiveWindow,
  WINDOW_S,
  withoutOldestSecond,
} from '../../../src-renderer/features/overview/live-window.ts';
import { loggedRequest } from '../../support/logged-request.ts';

const START_MS = Date.parse('2026-03-01T12:00:00Z');

let count = 0;
const aRequest = (members: Partial<LoggedRequest> = {}): LoggedRequest => {
  count += 1;
  return loggedRequest({
    time: new Date(START_MS).toISOString(),
    request_id: `req_${count}`,
    latency_ms: 100,
    tokens_in: 3,
    tokens_out: 4,
    ...members,
  });
};

describe('the live window', () => {
  test('counts by second and outcome, and leaves the second that goes on out', () => {
    const window = new LiveWindow();
    window.add([aRequest(), aRequest({ outcome: 'platform_error' })], 0, START_MS);
    window.add([aRequest({ outcome: 'aborted' })], 0, START_MS + 999);
    window.add([aRequest()], 0, START_MS + 1_000);
    const seconds = window.seconds(START_MS + 1_500);
    expect(seconds).toHaveLength(WINDOW_S);
    expect(seconds.at(-1)).toEqual({ at: START_MS, success: 1, failed: 1, left: 1 });
    expect(seconds.at(-2)).toMatchObject({ success: 0, failed: 0, left: 0 });
  });

  test('takes those that are only counted to be like those that are seen, and says so', () => {
    const window = new LiveWindow();
    window.add([aRequest(), aRequest(), aRequest(), aRequest({ outcome: 'gateway_error' })], 396, START_MS);
    expect(window.minute(START_MS + 1_000)).toMatchObject({
      requests: 400,
      successRate: 0.75,
      tokens: 2800,
      isEstimated: true,
    });
  });

  test('tells median and 95th percentile of the last minute only', () => {
    const window = new LiveWindow();
    window.add([aRequest({ latency_ms: 9_999 })], 0, START_MS - 61_000);
    for (let ms = 1; ms <= 100; ms += 1) {
      window.add([aRequest({ latency_ms: ms })], 0, START_MS - (ms % 50) * 1_000 - 1_000);
    }
    const { requests, median, p95, successRate } = window.minute(START_MS);
    expect([requests, median, p95, successRate]).toEqual([100, 51, 96, 1]);
    expect(new LiveWindow().minute(START_MS)).toMatchObject({ requests: 0, median: null, successRate: null });
  });

  test('forgets what is older than five minutes', () => {
    const window = new LiveWindow();
    window.add([aRequest()], 0, START_MS);
    window.add([aRequest()], 0, START_MS + (WINDOW_S + 1) * 1_000);
    const total = window.seconds(START_MS + WINDOW_S * 1_000).reduce((sum, { success }) => sum + success, 0);
    expect(total).toBe(0);
  });

  test('takes up what ended before, each in its second, without a second that may be torn', () => {
    const window = new LiveWindow();
    const at = (ms: number) => aRequest({ time: new Date(START_MS + ms).toISOString(), latency_ms: 0 });
    window.addEarlier(withoutOldestSecond([at(2_500), at(1_000), at(1_900), at(900), at(0)]));
    const told = window.seconds(START_MS + 3_000).slice(-3);
    expect(told.map(({ success }) => success)).toEqual([0, 2, 1]);
  });
});

describe('the latest errors', () => {
  test('stand once for each matter, newest first, however they became known', () => {
    const at = (ms: number, members: Partial<LoggedRequest>) =>
      aRequest({ time: new Date(START_MS + ms).toISOString(), outcome: 'gateway_error', ...members });
    const known = at(1, { error_code: 'no_channel' });
    const groups = latestErrors(
      [at(9, { error_code: 'overloaded' }), known],
      [known, at(3, { error_code: 'no_channel' }), at(2, { error_code: 'no_channel', channel: 'other' })],
      2,
    );
    expect(groups.map(({ newest, times }) => [newest.error_code, newest.channel, times])).toEqual([
      ['overloaded', 'openai', 1],
      ['no_channel', 'openai', 2],
    ]);
  });
});

describe('the channels', () => {
  test('that need somebody come first, and the demo is among them', () => {
    const figures = new Map([
      ['good', { requests: 50, success: 50, aborted: 0, name: 'Good' }],
      ['bad', { requests: 10, success: 1, aborted: 0, name: 'Bad' }],
      ['aiproxy-demo', { requests: 2, success: 2, aborted: 0, name: 'Demo platform' }],
      ['deleted', { requests: 9, success: 9, aborted: 0, name: null }],
      ['', { requests: 4, success: 0, aborted: 0, name: null }],
    ]);
    const stored = [
      { id: 'idle' },
      { id: 'off', status: 'disabled' as const },
      { id: 'good', name: 'Good' },
      { id: 'bad', name: 'Bad' },
    ];
    expect(channelRows(stored, figures).map(({ name, state }) => [name, state])).toEqual([
      ['Bad', 'failing'],
      ['Good', 'working'],
      ['Demo platform', 'working'],
      ['idle', 'unused'],
      ['off', 'disabled'],
    ]);
  });
});
