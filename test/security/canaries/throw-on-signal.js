// Loaded into the program before it starts: lets it throw what no one catches, with secrets in its message, as a
// library may that quotes what it was given.
import { isMainThread } from 'node:worker_threads';

const { CANARY_FAULT = '' } = process.env;

if (isMainThread) {
  process.on('SIGUSR2', () => {
    setImmediate(() => {
      throw new TypeError(`Invalid value "${CANARY_FAULT}" for header "authorization"`);
    });
    void Promise.reject(new Error(`cannot parse ${CANARY_FAULT}`, { cause: CANARY_FAULT }));
  });
}
