import { MASK, maskKey } from './mask-key.ts';

/** Header names whose value is a credential, in lower case. */
const CREDENTIAL_HEADER = /authorization|key|token|secret|cookie/;
const SCHEME = /^(?:bearer|basic|token)\s+/i;
/** Shorter values of a header stand in other texts by chance. UTF-16 units. */
const SHORTEST = 8;

/** A secret as it stands in texts: plain, percent-encoded, with JSON's escapes; those that differ, the plain one first. */
export function secretSpellings(secret: string): readonly string[] {
  const percent = encodeURIComponent(secret.toWellFormed());
  const json = JSON.stringify(secret).slice(1, -1);
  const lowerPercent = percent.replace(/%../g, (escaped) => escaped.toLowerCase());
  return [...new Set([secret, percent, lowerPercent, json, json.replaceAll('/', '\\/')])];
}

/** The secrets among the headers an admin set for a channel, without their scheme. @param headers names in lower case */
export function headerSecrets(headers: ReadonlyMap<string, string> | null): readonly string[] {
  return [...(headers ?? [])]
    .filter(([name]) => CREDENTIAL_HEADER.test(name))
    .map(([, value]) => value.replace(SCHEME, ''))
    .filter((value) => value.length >= SHORTEST);
}

/** Raw headers of an answer, names and values by turns, with these spellings masked in them. */
export function withoutEchoes(headers: string[], echoes: readonly string[], shortest: number): string[] {
  for (const echo of echoes) {
    if (echo.length < shortest) continue;
    for (let i = 0; i < headers.length; i += 1) {
      const text = headers[i] ?? '';
      if (text.length >= echo.length && text.includes(echo)) headers[i] = text.replaceAll(echo, MASK);
    }
  }
  return headers;
}

/** What stands for a spelling: a plain key keeps its last characters; of an escape, half might be left. */
export const maskSpelling = (spelling: string): string => (/[\\%]/.test(spelling) ? MASK : maskKey(spelling));
