import type { Clock } from '../../src-main/core/ports.ts';

interface Timer {
  readonly dueMs: number;
  readonly fire: () => void;
}

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves on, firing what falls due on the way, in order of time; each timer sees its own moment as now. */
  advance(byMs: number): void;
  /** Like `advance`, letting promises and I/O callbacks run after each timer. */
  advanceAsync(byMs: number): Promise<void>;
  /** Sets the wall clock alone, as an admin or NTP would; timers and `monotonicMs` do not notice. */
  setNow(epochMs: number): void;
  /** How many timers are waiting. */
  readonly pending: number;
}

/** Makes a fake clock. @param startMs its first `now()`, in epoch milliseconds */
export function createFakeClock(startMs = Date.UTC(2026, 0, 15, 12)): FakeClock {
  let wallMs = startMs;
  let elapsedMs = 0;
  const timers = new Set<Timer>();

  const moveTo = (targetMs: number): void => {
    wallMs += targetMs - elapsedMs;
    elapsedMs = targetMs;
  };
  const fireNext = (untilMs: number): boolean => {
    let next: Timer | null = null;
    for (const timer of timers) {
      if (timer.dueMs <= untilMs && (next === null || timer.dueMs < next.dueMs)) next = timer;
    }
    if (next === null) return false;
    timers.delete(next);
    moveTo(Math.max(next.dueMs, elapsedMs));
    next.fire();
    return true;
  };

  return {
    now: () => wallMs,
    monotonicMs: () => elapsedMs,
    after(delayMs, fire) {
      const timer = { dueMs: elapsedMs + Math.max(0, delayMs), fire };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(byMs) {
      const untilMs = elapsedMs + byMs;
      while (fireNext(untilMs));
      moveTo(untilMs);
    },
    async advanceAsync(byMs) {
      const untilMs = elapsedMs + byMs;
      do await new Promise<void>((resolve) => setImmediate(resolve));
      while (fireNext(untilMs));
      moveTo(untilMs);
    },
    setNow(epochMs) {
      wallMs = epochMs;
    },
    get pending() {
      return timers.size;
    },
  };
}
