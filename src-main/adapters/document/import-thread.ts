import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { ConfigurationError, type Finding } from '../../contract/configuration-error.ts';
import { type ImportTask, type Understood, understandImport } from './import-work.ts';

/** Files so small are understood at once: starting a thread would take longer. */
const SMALL_BYTES = 16 * 1024;
/** The largest real file takes a second or two; what takes longer is no configuration. */
const LONGEST_MS = 10_000;
const LIMITS = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 16 };

type Answer =
  | { readonly understood: Understood }
  | {
      readonly failure: {
        readonly message: string;
        readonly findings: readonly Finding[] | null;
        readonly unlisted: number;
      };
    };

const tooMuch = (paths: readonly string[], why: string): ConfigurationError =>
  ConfigurationError.inFile(
    paths[0] ?? '',
    `could not be read ${why}: is it a configuration? Split it where it is one`,
  );

async function areSmall(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  const isPlain = found.every((file) => file === null || file.isFile());
  return isPlain && found.reduce((sum, file) => sum + (file?.size ?? 0), 0) <= SMALL_BYTES;
}

/**
 * Understands files that anybody may have chosen: in a thread of its own, bounded in time and memory, so that traffic
 * does not wait for what is no configuration.
 * @throws ConfigurationError
 */
export async function understandApart(task: ImportTask, longestMs = LONGEST_MS): Promise<Understood> {
  if (await areSmall(task.paths)) return understandImport(task);
  // Beside this file there is the source when it runs from source, the built one otherwise.
  const file = import.meta.url.endsWith('.ts') ? './import-worker.ts' : './import-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { resourceLimits: LIMITS });
  let deadline: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      deadline = setTimeout(
        () => reject(tooMuch(task.paths, `within ${longestMs / 1000} seconds`)),
        longestMs,
      );
      worker.once('message', resolve);
      worker.once('error', () => reject(tooMuch(task.paths, 'in the memory that is given to it')));
      worker.once('exit', () => reject(tooMuch(task.paths, 'to its end')));
      worker.postMessage(task);
    });
    if ('understood' in answer) return answer.understood;
    const { message, findings, unlisted } = answer.failure;
    throw findings === null ? new Error(message) : new ConfigurationError(message, findings, { unlisted });
  } finally {
    clearTimeout(deadline);
    await worker.terminate();
  }
}
