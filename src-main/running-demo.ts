import { randomBytes } from 'node:crypto';
import { type DemoPlatform, startDemoPlatform } from './adapters/demo-platform.ts';
import { DEMO_ID, type Demo, type DemoAccess, type DemoRecords, demoRecords } from './core/demo.ts';
import { newProxyKey, SECRET_BYTES } from './core/new-secret.ts';

interface Run {
  readonly platform: DemoPlatform;
  readonly records: DemoRecords;
  readonly access: DemoAccess;
}

/** The demo, begun and ended while the program runs. Each begin has a key of its own. */
export class RunningDemo implements Demo {
  readonly #changed: (() => void)[] = [];
  #run: Run | null = null;
  /** Beginning and ending come one after the other, however many ask at a time. */
  #last: Promise<unknown> = Promise.resolve();

  get access(): DemoAccess | null {
    return this.#run?.access ?? null;
  }

  /** What is laid over the document; `null` where it does not run. */
  get records(): DemoRecords | null {
    return this.#run?.records ?? null;
  }

  /** Calls back when it began or ended. */
  follow(changed: () => void): void {
    this.#changed.push(changed);
  }

  start(): Promise<DemoAccess> {
    return this.#inTurn(async () => {
      const run = this.#run ?? (await begin());
      if (run !== this.#run) this.#become(run);
      return run.access;
    });
  }

  end(): Promise<void> {
    return this.#inTurn(async () => {
      const run = this.#run;
      if (run === null) return;
      // First nothing new is led there.
      this.#become(null);
      await run.platform.close();
    });
  }

  #become(run: Run | null): void {
    this.#run = run;
    for (const changed of this.#changed) changed();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

async function begin(): Promise<Run> {
  const platform = await startDemoPlatform();
  const proxyKey = newProxyKey(randomBytes(SECRET_BYTES));
  return {
    platform,
    records: demoRecords(platform.url, proxyKey),
    access: { proxyKey, channel: DEMO_ID, user: DEMO_ID },
  };
}
