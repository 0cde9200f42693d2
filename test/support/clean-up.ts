/** What a test opened and must close, in reverse order. */
export interface CleanUp {
  /** Remembers something to close; returns it. */
  closing<T extends { close(): Promise<void> }>(opened: T): T;
  add(step: () => Promise<void> | void): void;
  /** Runs every step even where one fails, then throws the first failure. */
  run(): Promise<void>;
}

/** A list of closing steps, for `afterEach` or `afterAll`. */
export function createCleanUp(): CleanUp {
  const steps: (() => Promise<void> | void)[] = [];
  const add: CleanUp['add'] = (step) => void steps.push(step);
  return {
    add,
    closing(opened) {
      add(() => opened.close());
      return opened;
    },
    async run() {
      const failures: unknown[] = [];
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step();
        } catch (failure) {
          failures.push(failure);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
