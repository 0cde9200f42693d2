import { describe, expect, test } from 'vitest';
import { stringsFor } from '../../src-renderer/features/alive/strings.ts';
import { uptimeText } from '../../src-renderer/features/alive/uptime.ts';
import { messageOf } from '../../src-renderer/features/sign-in/sign-in.tsx';
import { stringsFor as signInStringsFor } from '../../src-renderer/features/sign-in/strings.ts';

const EN = stringsFor('en-GB');

describe('the texts of the console', () => {
  test.each(['zh', 'zh-CN', 'ZH-TW'])('are Chinese for a reader of %s', (language) => {
    expect(stringsFor(language).signOut).toBe('退出登录');
  });

  test.each(['de', 'zha', ''])('are English for a reader of %j', (language) => {
    expect(stringsFor(language).signOut).toBe('Sign out');
  });

  test('count one thing as one', () => {
    expect(EN.used(1, 1)).toBe('1 request, 1 token');
    expect(EN.used(12_345, 0)).toBe('12,345 requests, 0 tokens');
  });
});

test.each([
  [0, '0 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [3_600, '1 h 0 min'],
  [90_000, '1 d 1 h'],
])('%d seconds are said as %s', (seconds, text) => {
  expect(uptimeText(seconds, EN)).toBe(text);
});

test('each refusal of a sign-in has its own words', () => {
  const strings = signInStringsFor('en');
  const said = (
    [
      { kind: 'refused' },
      { kind: 'too_many', seconds: 42 },
      { kind: 'unreachable' },
      { kind: 'failed', message: 'No.' },
    ] as const
  ).map((answer) => messageOf(answer, strings));
  expect(said).toEqual([
    'This is not the admin token.',
    'Too many wrong tokens. Try again in 42 s.',
    'AIProxy does not answer.',
    'That failed: No.',
  ]);
  expect(messageOf({ kind: 'ok', value: 'as-x' }, strings)).toBe(null);
});
