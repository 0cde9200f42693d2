import { UsageDisk } from '../../src-main/adapters/usage/usage-disk.ts';

/** What a program that was killed would not have lived to see. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** The real disk, until the program dies: before or after a certain step, and no step is done any more. */
export class DyingUsageDisk extends UsageDisk {
  /** Steps so far. */
  steps = 0;
  readonly #lastStep: number;

  /** @param lastStep the last one that is done; the program dies right behind it */
  constructor(lastStep = Number.POSITIVE_INFINITY) {
    super();
    this.#lastStep = lastStep;
  }

  override async write(path: string, content: unknown): Promise<void> {
    await this.#step(() => super.write(path, content));
  }

  override async rename(from: string, to: string): Promise<void> {
    await this.#step(() => super.rename(from, to));
  }

  override async remove(path: string): Promise<void> {
    await this.#step(() => super.remove(path));
  }

  async #step(work: () => Promise<void>): Promise<void> {
    if (this.steps >= this.#lastStep) throw new Killed();
    this.steps += 1;
    await work();
  }
}

/** The real disk, of which one step fails: before it is done, or when it was done already, as a sync may. */
export class FailingUsageDisk extends UsageDisk {
  #steps = 0;
  readonly #failing: number;
  readonly #isDone: boolean;

  constructor(failing: number, isDone: boolean) {
    super();
    this.#failing = failing;
    this.#isDone = isDone;
  }

  /** Whether the step that fails has come. */
  get hasFailed(): boolean {
    return this.#steps > this.#failing;
  }

  override async write(path: string, content: unknown): Promise<void> {
    await this.#step(() => super.write(path, content));
  }

  override async rename(from: string, to: string): Promise<void> {
    await this.#step(() => super.rename(from, to));
  }

  override async remove(path: string): Promise<void> {
    await this.#step(() => super.remove(path));
  }

  async #step(work: () => Promise<void>): Promise<void> {
    const fails = this.#steps === this.#failing;
    this.#steps += 1;
    if (!fails || this.#isDone) await work();
    if (fails) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
  }
}
