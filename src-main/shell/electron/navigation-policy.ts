import { isOfConsole } from './console-origin.ts';

/** The longest address that is handed to the system's browser. */
const MOST_CHARACTERS = 2048;

/** Whether the window may go there: within the console only. */
export function mayNavigate(url: string, consoleUrl: string): boolean {
  return /^https?:/i.test(url) && isOfConsole(url, consoleUrl);
}

/**
 * What the system's browser is asked to open in place of a new window: plain web addresses only, because other schemes
 * start programs. @returns `null` for what is not opened at all
 */
export function externalAddress(url: string): string | null {
  if (url.length > MOST_CHARACTERS || !URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && username === '' && password === '' ? href : null;
}
