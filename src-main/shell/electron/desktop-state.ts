import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeDurably } from '../../adapters/document/durable-write.ts';
import { DesktopSettings } from '../../contract/desktop-bridge.ts';
import { Placement } from './window-placement.ts';

const StateFile = z.object({
  version: z.literal(1),
  keepRunning: DesktopSettings.shape.keepRunning,
  language: DesktopSettings.shape.language,
  window: Placement.nullable(),
  /** Whether it was said once that closing the window does not end the program. */
  toldKeepsRunning: z.boolean(),
});

/** What the shell remembers of this computer. That it starts at login is known to the system alone. */
export type DesktopState = Readonly<Omit<z.infer<typeof StateFile>, 'version'>>;

/** How it is on a new computer. */
export const FIRST_STATE: DesktopState = {
  keepRunning: true,
  language: 'system',
  window: null,
  toldKeepsRunning: false,
};

/** The state, kept in one small file that is replaced as a whole. */
export class DesktopStateFile {
  readonly #path: string;
  readonly #onProblem: (line: string) => void;
  #state: DesktopState = FIRST_STATE;
  #writing: Promise<void> = Promise.resolve();

  /** @param onProblem takes a line where the file cannot be written: the window's place is not worth an ending */
  constructor(path: string, onProblem: (line: string) => void) {
    this.#path = path;
    this.#onProblem = onProblem;
  }

  get current(): DesktopState {
    return this.#state;
  }

  /** Reads the file. A missing or damaged one counts as a new computer's: nothing of worth is in it. */
  async read(): Promise<DesktopState> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    const parsed = StateFile.safeParse(parsedJson(text));
    if (parsed.success) {
      const { version: _, ...state } = parsed.data;
      this.#state = state;
    }
    return this.#state;
  }

  /** Changes some of it. @returns resolves when the file holds it */
  change(changed: Partial<DesktopState>): Promise<void> {
    this.#state = { ...this.#state, ...changed };
    const text = `${JSON.stringify({ version: 1, ...this.#state }, null, 2)}\n`;
    this.#writing = this.#writing
      .then(() => writeDurably(this.#path, text))
      .catch((error: unknown) => this.#onProblem(`the desktop state cannot be kept: ${error}`));
    return this.#writing;
  }

  /** Resolves when everything is written. */
  settled(): Promise<void> {
    return this.#writing;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
