/** Lets a test decide when a stand-in goes on with a stream. */
export interface Pace {
  /** Lets this many more steps happen; one where nothing is said. */
  release(steps?: number): void;
  /** Lets everything that is left happen. */
  releaseAll(): void;
  /** The stand-in's side: resolves when the next step may happen. */
  turn(): Promise<void>;
}

/** A pace that stands still until it is released. */
export function createPace(): Pace {
  let allowed = 0;
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    while (allowed > 0) {
      const next = waiting.shift();
      if (next === undefined) return;
      allowed -= 1;
      next();
    }
  };
  return {
    release(steps = 1) {
      allowed += steps;
      wake();
    },
    releaseAll() {
      allowed = Number.POSITIVE_INFINITY;
      wake();
    },
    turn: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        wake();
      }),
  };
}
