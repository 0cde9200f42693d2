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
 * Serves until a signal comes, or an admin ends it over the API.
 * @returns the exit code
 * @throws StartError where it cannot start, UsageError for a bad option
 */
export async function serve(invocation: Invocation, terminal: Terminal): Promise<number> {
  const options = appOptions(invocation, terminal);
  const signals = stopSignals(terminal.events, () => performance.now());
  const app = createApp(options);
  const started = await app.start();
  const faults = catchFaults(
    terminal.events,
    (text) => terminal.err(started.mask(text)),
    () => performance.now(),
  );
  const text = readyText(started, { ...options, version: packageJson.version });
  if (invocation.flags.has('json')) {
    // The ready line comes last: who has read it may count on the rest.
    terminal.err(text);
    terminal.out(readyLine(started, terminal.pid));
  } else {
    terminal.out(text);
  }
  const asked = Promise.race([signals.asked, started.shutdownAsked]);
  const code = await Promise.race([asked.then(() => EXIT.ok), faults.tooMany]);
  const stopped = app.stop(code === EXIT.ok ? GRACE_MS : 0).then(() => code);
  return Promise.race([stopped, signals.forced]);
}
