const SUSPICIOUS = /%|\\|\/\/|\/\.{1,2}(?:\/|$)/;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
const REFUSED_ESCAPE = /%00|%5c/i;
const DOT_SEGMENT = /(?:^|\/)\.{1,2}(?:\/|$)/;

/**
 * Says why a request path is refused, or `null`. A path that two parsers may read differently could pass
 * a check here and mean something else at the platform, so it never leaves.
 * @param path the request target up to its query
 */
export function pathFault(path: string): string | null {
  if (path.charCodeAt(0) !== 47) return 'the request target must be a path';
  if (!SUSPICIOUS.test(path)) return null;
  if (path.includes('\\')) return 'the path contains a backslash';
  if (path.includes('//')) return 'the path contains an empty segment';
  if (BAD_ESCAPE.test(path)) return 'the path contains an invalid percent-encoding';
  if (REFUSED_ESCAPE.test(path)) return 'the path contains an encoded NUL or backslash';
  const decoded = path.replace(/%2e/gi, '.').replace(/%2f/gi, '/');
  return DOT_SEGMENT.test(decoded) ? 'the path contains a dot segment' : null;
}
