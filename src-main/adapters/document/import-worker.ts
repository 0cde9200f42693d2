import { parentPort } from 'node:worker_threads';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import { type ImportTask, understandImport } from './import-work.ts';

// One task, one answer: the thread that asked for it ends this one.
parentPort?.once('message', async (task: ImportTask) => {
  try {
    parentPort?.postMessage({ understood: await understandImport(task) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { findings, unlisted } =
      error instanceof ConfigurationError ? error : { findings: null, unlisted: 0 };
    parentPort?.postMessage({ failure: { message, findings, unlisted } });
  }
});
