/** A task while it lasts: what it does with the client's instructions and audio. */
export interface SpeechTask {
  continue(text: string): void;
  audio(bytes: Buffer): void;
  finish(): void;
}

/** What a task tells its client. */
export interface TaskEvents {
  /** A `result-generated`. @param usage the totals so far; left out where none are told */
  result(output: object, usage?: object): void;
  audio(bytes: Buffer): void;
  /** Counts what the totals have grown by. */
  uses(used: { readonly characters: number } | { readonly seconds: number }): void;
  finished(): void;
  /** The platform closes after this. */
  failed(code: string, message: string): void;
}
