import { isScreen, SCREEN_PATHS } from './screens.ts';

/** The scheme of links into the window. */
export const LINK_SCHEME = 'aiproxy';

const MOST_CHARACTERS = 1024;

/** Keys as they are spelt here and by platforms. Links end up in histories and chats, so none is taken from one. */
const KEY_LIKE = /(?:^|[^a-z0-9])(?:pk|sk|at|as|ek|ak|key)[-_][a-z0-9_-]{8,}|AIza[\w-]{20,}|bearer/i;

/** `https:` with a host, perhaps a port and a path, and nothing that could carry a secret. */
function centralAddress(text: string): string | null {
  if (!/^https:\/\//i.test(text) || !URL.canParse(text)) return null;
  const { username, password, search, hash, href } = new URL(text);
  return username === '' && password === '' && search === '' && hash === '' ? href.replace(/\/$/, '') : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/**
 * The path of the console that a link shows. A link only ever shows a screen: `aiproxy://users`, or
 * `aiproxy://connect?address=https://…`, which writes a central service's address into the form on the settings.
 * @returns `null` for every other link, and for one that holds a key
 */
export function linkedPath(link: string): string | null {
  if (link.length > MOST_CHARACTERS) return null;
  const match = /^aiproxy:\/\/([a-z]+)\/?(?:\?address=([^&#?\s]*))?$/.exec(link);
  const [, screen = '', address] = match ?? [];
  if (!isScreen(screen)) return null;
  if (address === undefined) return SCREEN_PATHS[screen];
  const text = decoded(address);
  if (screen !== 'connect' || text === null || KEY_LIKE.test(text)) return null;
  const central = centralAddress(text);
  return central === null ? null : `${SCREEN_PATHS.settings}?address=${encodeURIComponent(central)}`;
}

/** The link among the words of a command line, as Windows and Linux hand it over; `null` without one. */
export function linkAmong(argv: readonly string[]): string | null {
  return argv.find((word) => word.toLowerCase().startsWith(`${LINK_SCHEME}:`)) ?? null;
}
