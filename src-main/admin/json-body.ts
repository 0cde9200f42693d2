import type { MiddlewareHandler } from 'hono';
import { beyondBounds } from '../core/json-bounds.ts';
import type { AdminEnv } from './api-router.ts';
import { type FieldIssue, refuse } from './console-error.ts';

/** Deeper than any record; what walks through values is recursive. */
const DEEPEST = 32;

/** More than any list that is sent; parsing and checking as many takes a fraction of a second. */
const MOST_VALUES = 200_000;
/** In longer texts the place of a mistake is not looked for: that would take longer than reading them. UTF-16 units. */
const LONGEST_EXPLAINED = 256 * 1024;

export interface JsonBodyLimits {
  readonly maxBytes: number;
  /** Other limits, by path. */
  readonly smaller: Readonly<Record<string, number>>;
  /** Paths whose body is no JSON, and bounded elsewhere. */
  readonly except: ReadonlySet<string>;
}

/** The whole body, or `null` where it is larger than allowed: then the rest of it is not read. */
async function bytesOf(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Where and why a value may not be worked with, or `null`. */
function objection(value: unknown, path: readonly string[] = []): FieldIssue | null {
  const at = (...more: readonly string[]) => [...path, ...more].join('.');
  if (typeof value === 'string') {
    return value.isWellFormed() ? null : { path: at(), message: 'holds half a character (a lone surrogate)' };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (path.length >= DEEPEST) return { path: '', message: 'the values are nested too deeply' };
  for (const [name, member] of Object.entries(value)) {
    if (!name.isWellFormed()) return { path: at(), message: 'has a name with half a character' };
    if (name === '__proto__') return { path: at(name), message: 'no member may have this name' };
    const found = objection(member, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}

/** Where and why a text is no JSON. What stands there is not repeated: it may be a key. */
async function syntaxProblem(text: string): Promise<string> {
  if (text.length > LONGEST_EXPLAINED) return 'The body is not valid JSON.';
  const { parseTree, printParseErrorCode } = await import('jsonc-parser');
  const errors: Parameters<typeof parseTree>[1] = [];
  try {
    parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    // It goes down once for each bracket.
    if (error instanceof RangeError) return 'The body is not valid JSON.';
    throw error;
  }
  const [first] = errors;
  if (first === undefined) return 'The body is not valid JSON.';
  const before = text.slice(0, first.offset).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  const words = printParseErrorCode(first.error).replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  return `The body is not valid JSON: ${place}: ${words.toLowerCase()}.`;
}

type Parsed =
  | { readonly text: string; readonly value: unknown }
  | { readonly problem: string }
  | { readonly issue: FieldIssue };

const BEYOND = {
  depth: 'the values are nested too deeply',
  values: `more than ${MOST_VALUES} values`,
} as const;

/** Whether the text ends as one with lists or maps in it must; nothing else of one beyond the bounds is looked at. */
const isClosed = (bytes: Uint8Array): boolean =>
  /[\]}]\s*$/.test(Buffer.from(bytes.subarray(-64)).toString('latin1'));

async function parse(bytes: Uint8Array): Promise<Parsed> {
  const beyond = beyondBounds(bytes, { depth: 4 * DEEPEST, values: MOST_VALUES });
  if (beyond !== null && !isClosed(bytes)) return { problem: 'The body is not valid JSON.' };
  if (beyond !== null) return { issue: { path: '', message: BEYOND[beyond] } };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'The body is not UTF-8.' };
  }
  try {
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    const issue = objection(value);
    return issue === null ? { text, value } : { issue };
  } catch {
    return { problem: await syntaxProblem(text) };
  }
}

/**
 * Reads the body within its limit and parses it once for all: 413 where it is too large, 400 where it is no JSON, 422
 * where nobody could work with what it holds.
 */
export function readJsonBody({ maxBytes, smaller, except }: JsonBodyLimits): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    const { method, path, url, raw } = context.req;
    if (method === 'GET' || method === 'HEAD' || except.has(path)) return next();
    const bytes = await bytesOf(raw, smaller[path] ?? maxBytes);
    if (bytes === null) return refuse(context, 'request_too_large', 'The body is too large.');
    const parsed = await parse(bytes);
    if ('problem' in parsed) return refuse(context, 'bad_request', parsed.problem);
    if ('issue' in parsed) {
      const { path: place, message } = parsed.issue;
      const words = `${place === '' ? 'body' : place}: ${message}`;
      return refuse(context, 'validation_failed', words, { issues: [parsed.issue] });
    }
    context.set('body', parsed.value);
    // The body was read; whoever validates it later reads this one.
    const body = parsed.text === '' ? null : parsed.text;
    context.req.raw = new Request(url, { method, headers: raw.headers, body });
    return next();
  };
}
