import { systemClock } from '../../src-main/adapters/system-clock.ts';
import type { Clock } from '../../src-main/core/ports.ts';

interface Timer {
  readonly delayMs: number;
  readonly dueMs: number;
  readonly fire: () => void;
  /** Takes the real timer back; none is set while the clock stands. */
  disarm: () => void;
}

/** Real time until a test stops it; what happens while it stands needed no time to pass. */
export interface StoppableClock extends Clock {
  stop(): void;
  /** Goes on from where it stood. */
  run(): void;
  /** Moves the standing clock on, firing what falls due in order of time; each timer sees its own moment as now. */
  advance(byMs: number): void;
  /** For how long each timer was told to wait, in milliseconds. */
  readonly delays: readonly number[];
}

/** Makes a clock that runs. */
export function createStoppableClock(): StoppableClock {
  const timers = new Set<Timer>();
  /** What real time is ahead by, and where the clock stands, `null` while it runs. */
  let aheadMs = 0;
  let standsAtMs: number | null = null;
  const monotonicMs = (): number => standsAtMs ?? systemClock.monotonicMs() - aheadMs;
  const startMs = systemClock.now() - systemClock.monotonicMs();

  const fire = (timer: Timer): void => {
    timers.delete(timer);
    timer.fire();
  };
  const arm = (timer: Timer): void => {
    timer.disarm = systemClock.after(Math.max(0, timer.dueMs - monotonicMs()), () => fire(timer));
  };
  const nextDue = (untilMs: number): Timer | null => {
    let next: Timer | null = null;
    for (const timer of timers)
      if (timer.dueMs <= untilMs && (next === null || timer.dueMs < next.dueMs)) next = timer;
    return next;
  };

  return {
    now: () => Math.round(startMs + monotonicMs()),
    monotonicMs,
    after(delayMs, run) {
      const timer: Timer = {
        delayMs,
        dueMs: monotonicMs() + Math.max(0, delayMs),
        fire: run,
        disarm: () => undefined,
      };
      timers.add(timer);
      if (standsAtMs === null) arm(timer);
      return () => {
        timer.disarm();
        timers.delete(timer);
      };
    },
    stop() {
      standsAtMs = monotonicMs();
      for (const timer of timers) timer.disarm();
    },
    run() {
      if (standsAtMs === null) return;
      aheadMs = systemClock.monotonicMs() - standsAtMs;
      standsAtMs = null;
      for (const timer of timers) arm(timer);
    },
    advance(byMs) {
      const untilMs = monotonicMs() + byMs;
      for (let next = nextDue(untilMs); next !== null; next = nextDue(untilMs)) {
        standsAtMs = Math.max(next.dueMs, monotonicMs());
        fire(next);
      }
      standsAtMs = untilMs;
    },
    get delays() {
      return Array.from(timers, ({ delayMs }) => delayMs);
    },
  };
}

/** What sockets of this process bring is there after as many turns of the loop. */
const TURNS = 20;
const STEP_MS = 50;

/** Moves a standing clock on until a promise is settled, and lets sockets of this process bring what was sent on the way. */
export async function advanceUntil(clock: StoppableClock, promise: Promise<unknown>): Promise<void> {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  promise.then(settle, settle);
  for (;;) {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (isSettled) return;
    clock.advance(STEP_MS);
  }
}
