import { MASK, maskKey } from './mask-key.ts';
import type { SecretMatcher } from './secret-matcher.ts';

export { MASK, maskKey } from './mask-key.ts';
export { type SecretMatcher, secretMatcher } from './secret-matcher.ts';

/** Longer paths are cut in the log; query strings can carry whole documents. UTF-16 units. */
const LONGEST_PATH = 2048;
/**
 * Of a longer path this much more is looked at, and as much taken off again at its end: a credential that was
 * cut in half there may not look like one.
 */
const PATH_SLACK = 1024;

/** Names whose value is a credential wherever they stand: in a query, a header, a JSON member or a sentence. */
const CREDENTIAL_NAMES =
  '(?:x[-_]?)?(?:goog[-_]?)?api[-_ ]?key|(?:access|refresh|id|auth|session|security|bearer|admin)[-_]?token' +
  '|proxy[-_]?key|secret[-_]?key|access[-_]?key(?:[-_]?(?:id|secret))?|client[-_]?secret|subscription[-_]?key' +
  '|(?:proxy[-_]?)?authorization|password|passwd|pwd|x-amz-(?:signature|credential|security-token)';

/** These mean a credential in a query, but are common words elsewhere. */
const QUERY_ONLY_NAMES = 'key|token|secret|auth|sig|signature|jwt|pat|upload_id';

const IS_CREDENTIAL_NAME = new RegExp(`^(?:${CREDENTIAL_NAMES}|${QUERY_ONLY_NAMES})$`, 'i');

/** `name: value`, `name=value`, `"name":"value"`; an authentication scheme before the value stays readable. */
const NAMED_VALUE = new RegExp(
  `((?<![A-Za-z0-9])(?:${CREDENTIAL_NAMES})["']?\\s*[:=]\\s*["']?(?:(?:Bearer|Basic|Token)\\s+)?)([^\\s"'&,;#]+)`,
  'gi',
);
const QUERY_VALUE = new RegExp(`([?&;](?:${QUERY_ONLY_NAMES})=)([^\\s"'&;#]+)`, 'gi');
/** What follows the scheme, unless it is a word of the sentence (`using Bearer auth`). */
const AUTH_SCHEME =
  /(\b(?:Bearer|Basic)\s+)(?!(?:auth|authentication|authorization|tokens?|schemes?|header)(?![\w-]))([^\s"',;)]+)/gi;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{0,15}:\/\/[^\s/@:]*:)([^\s/@]+)(?=@)/gi;

/**
 * The shapes in which platforms and AIProxy itself issue keys (also with a platform's own asterisks), admin tokens,
 * sessions, and JSON Web Tokens. A token may end before its first dot: demanding one would mean to search for it from every `eyJ` of a
 * hostile text.
 */
const KEY_SHAPE =
  /(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}))(?:(?:sk|pk|rk|ek|ak|pat|gsk|xai|hf|ark|ghp|glpat)[-_][A-Za-z0-9*][\w.~+*-]{4,}[\w*-]|a[ts]-[\w-]{32}(?![\w-])|AIza[\w-]{8,}|eyJ[\w-]{5,}(?:\.[\w-]*){0,4})/g;
/** A quick look that never misses what `KEY_SHAPE` would find. */
const MAY_HOLD_KEY_SHAPE = /(?:[spregah]k|a[ts]|ai|hf|hp)[-_]|AIza|eyJ/;

/** A quick look that never misses what any other rule would find in a path with a query. */
const MAY_HOLD_CREDENTIAL =
  /key|token|secret|auth|sig|jwt|pat|upload_id|passw|pwd|credential|bearer|basic|%|:\/\//i;

const MASKED = /^\*{3}[^*]{0,4}$/;

const maskSecond = (_match: string, before: string, secret: string): string => before + remask(secret);

/**
 * A text for a log or an error message: known secrets, and whatever looks like one, masked.
 * Costs time in proportion to the text's length; callers bound it.
 */
export function redactText(text: string, secrets?: SecretMatcher): string {
  const known = secrets === undefined ? text : secrets.mask(text);
  return known
    .replace(NAMED_VALUE, maskSecond)
    .replace(QUERY_VALUE, maskSecond)
    .replace(AUTH_SCHEME, maskSecond)
    .replace(URL_PASSWORD, maskSecond)
    .replace(KEY_SHAPE, maskKey);
}

/**
 * A text for people who look at what they sent: known secrets, and what has the shape of a key. Names stay readable
 * with whatever follows them: `api_key: is missing`.
 */
export function maskKeys(text: string, secrets?: SecretMatcher): string {
  const known = secrets === undefined ? text : secrets.mask(text);
  return known.replace(KEY_SHAPE, maskKey);
}

/** What an earlier rule has masked already stays as it is. */
function remask(secret: string): string {
  return MASKED.test(secret) ? secret : maskKey(secret);
}

/** Masks the secrets that are configured. */
type MaskKnown = (text: string) => string;

/**
 * A request's path and query for the log: credentials masked, also with any of their characters escaped, length
 * bounded. Nearly free where there are none.
 */
export function redactPath(path: string, maskKnown: MaskKnown = same): string {
  if (path.length <= LONGEST_PATH + PATH_SLACK) return bounded(redactWhole(path, maskKnown));
  const shown = redactWhole(path.slice(0, LONGEST_PATH + PATH_SLACK), maskKnown);
  return `${shown.slice(0, Math.max(0, Math.min(LONGEST_PATH, shown.length - PATH_SLACK)))}...`;
}

const same: MaskKnown = (text) => text;

function redactWhole(path: string, maskKnown: MaskKnown): string {
  // Values of named members are masked while `&` and `=` still stand apart from their escapes.
  const known = maskMembers(maskKnown(path));
  if (!path.includes('%')) return maskWhole(known);
  // Whoever decodes the path finds a key in it, once or again and again; otherwise it is logged as it came. Shapes are
  // looked for behind the decoding: an escape within a key would end the shape, and what follows it would stay.
  const once = known.replace(/%(?:25)+(?=[0-9a-f]{2})/gi, '%');
  const text = withoutEscapes(once);
  const found = maskKnown(text);
  const plain = found === text ? withoutKeyEscapes(once) : encodeURI(found.toWellFormed());
  const masked = maskWhole(plain);
  return found === text && masked === plain ? maskWhole(known) : masked;
}

/** A path whose letters, digits and other characters of keys are not escaped; what gives it its structure stays. */
const withoutKeyEscapes = (path: string): string =>
  path.replace(/%([2-7][0-9a-f])/gi, (escaped, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~+*-]/.test(char) ? char : escaped;
  });

/** A path without any escapes; those that are no UTF-8 as single bytes. */
const withoutEscapes = (path: string): string =>
  path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
  });

function maskWhole(path: string): string {
  const isSuspect = MAY_HOLD_KEY_SHAPE.test(path) || (path.includes('?') && MAY_HOLD_CREDENTIAL.test(path));
  return isSuspect ? redactText(maskMembers(path)) : path;
}

/** The query's members that are credentials by their name. */
function maskMembers(path: string): string {
  const queryAt = path.indexOf('?');
  if (queryAt === -1 || !MAY_HOLD_CREDENTIAL.test(path)) return path;
  const members = path
    .slice(queryAt + 1)
    .split('&')
    .map(redactMember);
  return `${path.slice(0, queryAt)}?${members.join('&')}`;
}

function redactMember(member: string): string {
  const equalsAt = member.indexOf('=');
  if (equalsAt === -1) return member;
  return IS_CREDENTIAL_NAME.test(decoded(member.slice(0, equalsAt)))
    ? `${member.slice(0, equalsAt)}=${MASK}`
    : member;
}

function decoded(name: string): string {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function bounded(path: string): string {
  return path.length <= LONGEST_PATH ? path : `${path.slice(0, LONGEST_PATH)}...`;
}
