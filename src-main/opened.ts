/** What has been opened, closed in reverse order and once. */
export class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  add(closer: () => Promise<void> | void): void {
    this.#closers.push(closer);
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0).reverse()) await closer();
  }
}
