import type { App, Started } from '../../app-options.ts';
import { type LifeEvent, nextStep, type Phase } from './life-cycle.ts';

/** How long streams may go on after the wish to quit. */
const GRACE_MS = 30_000;

/** What the life of the program does to what people see. */
export interface ServingPorts {
  /** It serves, and may be shown. */
  readonly onServing: (started: Started) => void;
  /** It could not start. @param error StartError or ConfigurationError with a line for people, or a bug */
  readonly onFailed: (error: unknown) => void;
  /** It could not end in good order, and ends all the same. */
  readonly onStopFailed: (error: unknown) => void;
  /** Its phase has changed. */
  readonly onPhase: () => void;
  readonly exit: (code: number) => void;
}

/** The gateway in this process, from its start to its end. */
export class Serving {
  readonly #app: App;
  readonly #ports: ServingPorts;
  #phase: Phase = 'starting';
  #started: Started | null = null;
  #failure: unknown = null;
  #exitCode = 0;

  constructor(app: App, ports: ServingPorts) {
    this.#app = app;
    this.#ports = ports;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** What it serves; `null` before its start is done. */
  get started(): Started | null {
    return this.#started;
  }

  async begin(): Promise<void> {
    try {
      this.#started = await this.#app.start();
    } catch (error) {
      this.#failure = error;
      this.#exitCode = 1;
      this.#happen('start-failed');
      return;
    }
    this.#happen('started');
  }

  /** Drains and ends. @param code the process ends with */
  quit(code = 0): void {
    this.#exitCode = Math.max(code, this.#exitCode);
    this.#happen('quit-asked');
  }

  /** Ends at once. */
  force(code: number): void {
    this.#exitCode = code;
    this.#happen('forced');
  }

  #happen(event: LifeEvent): void {
    const { phase, effects } = nextStep(this.#phase, event);
    this.#phase = phase;
    this.#ports.onPhase();
    for (const effect of effects) {
      switch (effect) {
        case 'show':
          if (this.#started !== null) this.#ports.onServing(this.#started);
          break;
        case 'explain':
          this.#ports.onFailed(this.#failure);
          break;
        case 'drain':
          void this.#drain();
          break;
        case 'exit':
          this.#ports.exit(this.#exitCode);
          break;
      }
    }
  }

  async #drain(): Promise<void> {
    try {
      await this.#app.stop(this.#exitCode === 0 ? GRACE_MS : 0);
    } catch (error) {
      this.#exitCode = 1;
      this.#ports.onStopFailed(error);
    }
    this.#happen('drained');
  }
}
