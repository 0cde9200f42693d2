import { expect, test } from 'vitest';
import { examineClock, examineTimeZone } from '../../../src-main/adapters/doctor/clock.ts';

const NOW = Date.UTC(2026, 0, 15);
const off = (...minutes: number[]) =>
  examineClock(minutes.map((behind) => ({ theirsMs: NOW + behind * 60_000, oursMs: NOW })));

test('a clock that agrees with the platforms is good', () => {
  expect(off(0, 0.5)).toMatchObject({ severity: 'ok', remedy: null });
});

test('a clock that is off by more than five minutes is an error, with how far', () => {
  expect(off(30)).toMatchObject({ severity: 'error', found: "30 minutes behind the platforms' clocks" });
  expect(off(-600)).toMatchObject({ severity: 'error', found: "10 hours ahead of the platforms' clocks" });
});

test('a clock that is off by a little is a warning', () => {
  expect(off(1.5)).toMatchObject({ severity: 'warning', found: "90 s behind the platforms' clocks" });
});

test('one platform with a wrong clock among several does not count', () => {
  expect(off(0, 600, 0)).toMatchObject({ severity: 'ok' });
});

test('without an answer nothing is said about the clock', () => {
  expect(off()).toMatchObject({ severity: 'info' });
});

test('a time zone that nobody knows is pointed out where it was written', () => {
  expect(examineTimeZone('Asia/Shanghai', 'nonsense')).toMatchObject({
    severity: 'ok',
    found: 'Asia/Shanghai',
  });
  expect(examineTimeZone('Mars/Olympus', undefined)).toMatchObject({ severity: 'error' });
  expect(examineTimeZone(undefined, 'Mars/Olympus')).toMatchObject({
    severity: 'warning',
    found: 'the variable TZ is no name of a time zone: Mars/Olympus',
  });
});
