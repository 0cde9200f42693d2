import { z } from 'zod';

/** A rectangle on the desktop, in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was when it was last seen. */
export const Placement = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
});
export type Placement = z.infer<typeof Placement>;

/** The narrowest window in which the console can be used. */
export const LEAST_WIDTH = 390;
export const LEAST_HEIGHT = 600;

const FIRST_WIDTH = 1280;
const FIRST_HEIGHT = 860;
/** As much of the window's upper edge must be on a display that it can be taken hold of. */
const GRIP_WIDTH = 100;
const GRIP_HEIGHT = 30;

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

const overlap = (from: number, size: number, otherFrom: number, otherSize: number): number =>
  Math.min(from + size, otherFrom + otherSize) - Math.max(from, otherFrom);

const canBeHeld = (window: Area, display: Area): boolean =>
  overlap(window.x, window.width, display.x, display.width) >= GRIP_WIDTH &&
  window.y >= display.y &&
  display.y + display.height - window.y >= GRIP_HEIGHT;

/** A size that fits a display, which may be smaller than the window wants to be. */
const fitting = (width: number, height: number, display: Area) => ({
  width: Math.min(Math.max(width, LEAST_WIDTH), Math.max(display.width, LEAST_WIDTH)),
  height: Math.min(Math.max(height, LEAST_HEIGHT), Math.max(display.height, LEAST_HEIGHT)),
});

function centred(width: number, height: number, display: Area): Area {
  const size = fitting(width, height, display);
  return {
    x: Math.round(display.x + Math.max(0, display.width - size.width) / 2),
    y: Math.round(display.y + Math.max(0, display.height - size.height) / 2),
    ...size,
  };
}

/**
 * Where the window opens: where it was, unless that is on no display any more.
 * @param displays the work areas of all displays, the primary one first
 */
export function placeWindow(last: Placement | null, displays: readonly Area[]): Area {
  const [primary = { x: 0, y: 0, width: FIRST_WIDTH, height: FIRST_HEIGHT }] = displays;
  if (last === null) return centred(FIRST_WIDTH, FIRST_HEIGHT, primary);
  const display = displays.find((area) => canBeHeld(last, area));
  if (display === undefined) return centred(last.width, last.height, primary);
  const size = fitting(last.width, last.height, display);
  return {
    x: clamp(last.x, display.x - size.width + GRIP_WIDTH, display.x + display.width - GRIP_WIDTH),
    y: last.y,
    ...size,
  };
}
