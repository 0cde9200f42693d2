import type { TextProblem } from './config-file.ts';

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: TextProblem };

function refuse(message: string, offset = 0): Decoded {
  return { ok: false, problem: { offset, message } };
}

/** A configuration file's bytes as text. Says plainly what a crash or a wrong editor has left behind. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return refuse('the file is empty');
  if (bytes.every((byte) => byte === 0)) return refuse('the file holds nothing but NUL bytes');
  const nul = bytes.indexOf(0);
  if (nul !== -1) return refuse(`there is a NUL byte at offset ${nul}; the file must be UTF-8 text`);
  try {
    // A byte order mark is no part of the text.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trim() === '' ? refuse('the file is empty') : { ok: true, text };
  } catch {
    return refuse('the file is not UTF-8 text');
  }
}

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);

/** A text as bytes, with a byte order mark where the earlier version of the file had one. */
export function encodeText(text: string, earlier: Uint8Array): Uint8Array {
  const hasMark = BOM.every((byte, index) => earlier[index] === byte);
  return Buffer.from(hasMark ? `\ufeff${text}` : text);
}

/** The line ending a text uses. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The white space one level of nesting is indented with; two spaces where it cannot be told. */
export function indentOf(text: string): string {
  return /^[{[]?\s*?\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}
