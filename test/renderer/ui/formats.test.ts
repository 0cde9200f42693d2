import { describe, expect, test } from 'vitest';
import { formatsOf } from '../../../src-renderer/ui/formats.ts';

const en = formatsOf('en');
const zh = formatsOf('zh-CN');
const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;

describe('figures', () => {
  test.each([
    [0, '0', '0'],
    [9_999, '9,999', '9,999'],
    [12_345, '12.3K', '1.2万'],
    [1_250_000, '1.3M', '125万'],
    [-20_000, '-20K', '-2万'],
  ])('%d is short where it is large', (value, english, chinese) => {
    expect(en.compact(value)).toBe(english);
    expect(zh.compact(value)).toBe(chinese);
  });

  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [200 * 1024, '200 KiB'],
    [5 * 1024 ** 3, '5 GiB'],
    [3000 * 1024 ** 4, '3,000 TiB'],
  ])('%d bytes', (value, text) => {
    expect(en.bytes(value)).toBe(text);
  });

  test.each([
    [null, '–'],
    [0.4, '0.4 ms'],
    [99.96, '100 ms'],
    [123.4, '123 ms'],
    [9_999, '9,999 ms'],
    [12_345, '12.3 s'],
  ])('%s milliseconds', (value, text) => {
    expect(en.milliseconds(value)).toBe(text);
  });

  test.each([
    [null, '–'],
    [0, '0%'],
    [0.9876, '98.8%'],
    [1, '100%'],
  ])('a ratio of %s', (ratio, text) => {
    expect(en.percent(ratio)).toBe(text);
  });

  test('costs show cents, and what is less than one', () => {
    expect([en.cost(3), en.cost(9325.7451), en.cost(0.0123)]).toEqual(['3.00', '9,325.75', '0.0123']);
    expect([en.cost(6.75, 'USD'), en.cost(null, 'USD')]).toEqual(['6.75\u00a0USD', '–']);
  });
});

describe('times', () => {
  test.each([
    [NOW, 'now', '现在'],
    [NOW - 5_000, '5 seconds ago', '5秒钟前'],
    [NOW - 90 * MINUTE, '1 hour ago', '1小时前'],
    [NOW - 24 * 60 * MINUTE, 'yesterday', '昨天'],
    [NOW + 3 * MINUTE, 'in 3 minutes', '3分钟后'],
  ])('are told from now on', (time, english, chinese) => {
    expect(en.relative(time, NOW)).toBe(english);
    expect(zh.relative(time, NOW)).toBe(chinese);
  });

  test('are the same as text and as number', () => {
    expect(en.exactTime('2026-11-21T12:00:00Z')).toBe(en.exactTime(NOW));
    expect(zh.date(NOW)).toBe('2026年11月21日');
  });
});

describe('the clock', () => {
  const NIGHT = new Date(2026, 10, 21, 21, 5, 9).getTime();
  const timesIn = (language: string, locale: string) => {
    const formats = formatsOf(language, locale);
    const { time, exactTime, shortTime, clock, hour } = formats;
    return [time(NIGHT), exactTime(NIGHT), shortTime(NIGHT), clock(NIGHT), hour('2026-11-21T21:00:00+08:00')];
  };

  test.each([
    ['en', 'en-GB'],
    ['en', 'de-DE'],
    ['zh-CN', 'zh-CN'],
    ['zh-CN', 'en-GB'],
  ])('has 24 hours everywhere: %s for a reader of %s', (language, locale) => {
    for (const text of timesIn(language, locale)) expect(text).toMatch(/21:0\d(?!.*[AP]M)/i);
  });

  test.each([
    ['en', 'en-US'],
    ['zh-CN', 'en-US'],
  ])('has 12 hours everywhere: %s for a reader of %s', (language, locale) => {
    for (const text of timesIn(language, locale)) expect(text).toMatch(/0?9:0\d.*PM|(下午|晚上)0?9:0\d/);
  });

  test('names its zone where a time is exact', () => {
    const { exactTime, zone } = formatsOf('en', 'en-GB');
    expect(zone()).not.toBe('');
    expect(exactTime(Date.now())).toContain(zone());
  });
});
