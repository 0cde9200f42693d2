import type { TextProblem } from './config-file.ts';

const BOM = '\ufeff';

export type Decoded =
  | { readonly ok: true; readonly text: string; readonly bom: string }
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
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.trim() === '') return refuse('the file is empty');
    return text.startsWith(BOM) ? { ok: true, text: text.slice(1), bom: BOM } : { ok: true, text, bom: '' };
  } catch {
    return refuse('the file is not UTF-8 text');
  }
}

/** The line ending a text uses. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The white space one level of nesting is indented with; two spaces where it cannot be told. */
export function indentOf(text: string): string {
  return /^[{[]?\s*?\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}
