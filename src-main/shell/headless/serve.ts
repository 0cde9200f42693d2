import packageJson from '../../../package.json' with { type: 'json' };
import { createApp } from '../../app.ts';
import { catchFaults } from './faults.ts';
import type { Invocation } from './invocation.ts';
import { readyLine, readyText } from './ready.ts';
import { appOptions } from './settings.ts';
import { stopSignals } from './signals.ts';
import { EXIT, type Terminal } from './terminal.ts';

/** How long streams may go on after the wish to stop. */
const GRACE_MS = 30_000;

/**
 * Serves until a signal comes.
 * @returns the exit code
 * @throws StartError where it cannot start, UsageError for a bad option
 */
export async function serve(invocation: Invocation, terminal: Terminal): Promise<number> {
  const options = appOptions(invocation, terminal);
  const signals = stopSignals(process, () => performance.now());
  const app = createApp(options);
  const started = await app.start();
  const faults = catchFaults(process, terminal.err, () => performance.now());
  const text = readyText(started, { ...options, version: packageJson.version });
  if (invocation.flags.has('json')) {
    terminal.out(readyLine(started, process.pid));
    terminal.err(text);
  } else {
    terminal.out(text);
  }
  await Promise.race([signals.asked, faults.tooMany]);
  const stopped = app.stop(GRACE_MS).then(() => EXIT.ok);
  return Promise.race([stopped, signals.forced, faults.tooMany]);
}
