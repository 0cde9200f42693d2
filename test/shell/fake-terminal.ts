import { EventEmitter } from 'node:events';
import type { Terminal } from '../../src-main/shell/headless/terminal.ts';

/** A terminal that keeps what is printed. */
export interface FakeTerminal extends Terminal {
  readonly printed: { out: string; err: string };
}

/** A Linux user's terminal in `/home/me/project`, with nothing set in its environment. */
export function fakeTerminal(over: Partial<Terminal> = {}): FakeTerminal {
  const printed = { out: '', err: '' };
  return {
    printed,
    out: (text) => {
      printed.out += text;
    },
    outBytes: async (bytes) => {
      printed.out += Buffer.from(bytes).toString();
      return true;
    },
    err: (text) => {
      printed.err += text;
    },
    env: {},
    cwd: '/home/me/project',
    platform: 'linux',
    homeDir: '/home/me',
    pid: 42,
    events: new EventEmitter(),
    ...over,
  };
}
