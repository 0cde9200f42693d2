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
