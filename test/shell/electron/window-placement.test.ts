import { expect, it } from 'vitest';
import { placeWindow } from '../../../src-main/shell/electron/window-placement.ts';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const BESIDE = { x: 1440, y: 0, width: 1920, height: 1080 };
const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height, maximized: false });

it('opens in the middle of the primary display the first time', () => {
  expect(placeWindow(null, [LAPTOP, BESIDE])).toEqual({ x: 80, y: 33, width: 1280, height: 860 });
});

it('opens where it was', () => {
  expect(placeWindow(at(1600, 100), [LAPTOP, BESIDE])).toEqual({ x: 1600, y: 100, width: 1000, height: 700 });
});

it('comes back from a display that is gone', () => {
  expect(placeWindow(at(1600, 100), [LAPTOP])).toEqual({ x: 220, y: 113, width: 1000, height: 700 });
});

it.each([
  ['above', at(100, -400)],
  ['below', at(100, 895)],
  ['left of', at(-950, 100)],
])('comes back from %s all displays', (_where, last) => {
  expect(placeWindow(last, [LAPTOP])).toMatchObject({ x: 220, y: 113 });
});

it('is no larger than its display', () => {
  expect(placeWindow(at(1500, 10, 3000, 2000), [LAPTOP, BESIDE])).toMatchObject({
    width: 1920,
    height: 1080,
  });
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({
    x: 0,
    y: 0,
    width: 1024,
    height: 700,
  });
});

it('is no smaller than the console can be used', () => {
  expect(placeWindow(at(100, 100, 10, 10), [LAPTOP])).toMatchObject({ width: 390, height: 600 });
});

it('opens even where the system tells of no display', () => {
  expect(placeWindow(null, [])).toEqual({ x: 0, y: 0, width: 1280, height: 860 });
});
