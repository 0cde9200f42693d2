const STOPPING = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGBREAK'] as const;

/**
 * Ctrl-C reaches every process of a terminal's group, and the launcher and npm pass it on besides: what arrives
 * within this many milliseconds is one wish.
 */
const SAME_WISH_MS = 1000;

/** Where signals come from: `process`, or a stand-in. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  removeListener(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

export interface StopSignals {
  /** Resolves at the first wish to stop. */
  readonly asked: Promise<void>;
  /** Resolves at the second, with the exit code that shells expect (128 + the signal's number). */
  readonly forced: Promise<number>;
  /** Gives the signals their old meaning back. */
  dispose(): void;
}

const NUMBER: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGBREAK: 21 };

/**
 * Watches for wishes to stop.
 * @param nowMs a clock that never goes back, in milliseconds
 */
export function stopSignals(source: SignalSource, nowMs: () => number): StopSignals {
  const asked = Promise.withResolvers<void>();
  const forced = Promise.withResolvers<number>();
  let firstMs: number | null = null;
  const listener = (signal: NodeJS.Signals): void => {
    const now = nowMs();
    firstMs ??= now;
    asked.resolve();
    if (now - firstMs >= SAME_WISH_MS) forced.resolve(128 + (NUMBER[signal] ?? 0));
  };
  for (const signal of STOPPING) source.on(signal, listener);
  return {
    asked: asked.promise,
    forced: forced.promise,
    dispose: () => {
      for (const signal of STOPPING) source.removeListener(signal, listener);
    },
  };
}
