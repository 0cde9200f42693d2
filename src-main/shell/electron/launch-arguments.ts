import { parseArguments } from '../headless/arguments.ts';
import type { Invocation } from '../headless/invocation.ts';
import { linkAmong } from './deep-link.ts';

/** Asks for the tray alone: what the system starts at login should not jump at people. */
export const HIDDEN = '--hidden';

/** What the command line asks the window for. */
export interface Launch {
  /** As `serve` would take it. */
  readonly invocation: Invocation;
  readonly hidden: boolean;
  readonly link: string | null;
}

/**
 * Switches that Electron, Chromium or macOS read themselves
 * (https://www.electronjs.org/docs/latest/api/command-line-switches), with their values after `=`.
 */
const OF_THE_RUNTIME =
  /^(?:--(?:no-sandbox|(?:enable|disable|force|ozone|use|proxy|gtk|remote-debugging|inspect|original-process|password-store|allow-file-access|js-flags|lang|log|v|user-data|class|name|relaunch)(?:-[a-z-]+)?(?:=.*)?)|-psn_\S+)$/;

/**
 * Takes the words behind the program's name apart.
 * @throws UsageError for what neither AIProxy nor the runtime knows
 */
export function launchArguments(words: readonly string[]): Launch {
  const link = linkAmong(words);
  // A link is written by strangers: what it may have smuggled behind itself is not ours.
  const own = link === null ? words : words.slice(0, words.indexOf(link));
  const rest = own.filter((word) => word !== HIDDEN && !OF_THE_RUNTIME.test(word));
  return {
    invocation: parseArguments(['serve', ...rest]),
    hidden: own.includes(HIDDEN),
    link,
  };
}
