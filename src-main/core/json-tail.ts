import type { Usage } from '../contract/request-record.ts';
import { usageIn } from './usage.ts';

const USAGE_MEMBERS = ['"usage"', '"usageMetadata"'] as const;
/** Each look may read to the end of the text; the member that is meant stands near it. */
const MOST_LOOKS = 64;

/** The end of the object or array that starts at `from`, or -1. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = stringEnd(text, at);
      if (at < 0) return -1;
    } else if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** The closing quote of the string that opens at `from`, or -1. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) return at;
  }
  return -1;
}

/**
 * Whether from here on exactly one level is closed: then `from` stands in the outermost object (or in an
 * object of the outermost array, as Gemini streams them without SSE).
 */
function closesOutermost(text: string, from: number): boolean {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = stringEnd(text, at);
      if (at < 0) return false;
    } else if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) depth -= 1;
  }
  return depth === 0 || (depth === -1 && text.trimEnd().endsWith(']'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function memberAt(text: string, name: string, at: number): Usage | null {
  if (text.charCodeAt(at - 1) === 92) return null;
  const colon = /^\s*:\s*(?=\{)/.exec(text.slice(at + name.length, at + name.length + 32));
  if (colon === null) return null;
  const start = at + name.length + colon[0].length;
  const end = valueEnd(text, start);
  if (end < 0 || !closesOutermost(text, end)) return null;
  return usageIn({ [name.slice(1, -1)]: parsed(text.slice(start, end)) });
}

/**
 * The usage in a JSON answer of which only the end is at hand. The member is looked for from the end and
 * counts only in the outermost object, so that text which a model wrote is never taken for usage.
 * @param text the answer's last characters (or all of them), ASCII-compatible
 */
export function usageInTail(text: string): Usage | null {
  for (const name of USAGE_MEMBERS) {
    let looks = 0;
    for (let at = text.lastIndexOf(name); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(name, at - 1)) {
      looks += 1;
      if (looks > MOST_LOOKS) break;
      const usage = memberAt(text, name, at);
      if (usage !== null) return usage;
    }
  }
  return text.trimStart().startsWith('{') && text.includes('eval_count') ? usageIn(parsed(text)) : null;
}
