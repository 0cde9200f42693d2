/** What servers decode before they look where a path leads: letters, digits, `-._~` (RFC 3986 §2.3), `:` and `@`. */
const NEEDLESS = /%(?:2[de]|3[0-9a]|4[0-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/gi;
const ASCII = /%[2-7][0-9a-f]/gi;

const decoded = (code: string): string => String.fromCharCode(Number.parseInt(code.slice(1), 16));

/** A path as a platform reads it: nothing encoded that need not be, no slash at its end; its case is kept. */
export function plainPath(path: string): string {
  const plain = path.includes('%') ? path.replace(NEEDLESS, decoded) : path;
  return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain;
}

/** What a path may be taken for by a server that decodes it whole, and drops parameters. */
export function lenientPath(plain: string, isWord: (segment: string) => boolean): string {
  return plain
    .replace(ASCII, decoded)
    .split('/')
    .map((segment) => {
      const bare = segment.replace(/;.*/s, '');
      const lower = bare.toLowerCase();
      return isWord(lower) ? lower : bare;
    })
    .join('/');
}

/** An encoded separator, a path parameter, or a collection that is not in lower case. */
const MAY_HIDE = /[%;]|[A-Z][^/]*\//;

/**
 * What a lenient platform might take the segments of a path for, so that no spelling hides an id.
 * @returns `null` where the path can be read in one way only
 */
export function lenientPairs(plain: string): readonly string[] | null {
  if (!MAY_HIDE.test(plain)) return null;
  const segments = plain
    .replace(ASCII, decoded)
    .split('/')
    .map((segment) => segment.replace(/[;?#].*/s, '').trim())
    .filter((segment) => segment !== '');
  const lower = segments.map((segment) => segment.toLowerCase());
  return segments.slice(1).flatMap((segment, before) => {
    const names = new Set([segments[before], lower[before]]);
    return [...names].map((name) => `${name}/${segment}`);
  });
}
