import type { AppLog } from '../../core/ports.ts';
import type { Terminal } from './terminal.ts';

/** A log for commands that end at once: what people should read goes to standard error, nothing is kept. */
export function terminalLog(terminal: Pick<Terminal, 'err'>): AppLog {
  const say = (message: string) => terminal.err(`${message}\n`);
  const ignore = () => undefined;
  return {
    debug: ignore,
    info: ignore,
    warn: say,
    error: say,
    setLevel: ignore,
    flush: async () => undefined,
    close: async () => undefined,
  };
}
