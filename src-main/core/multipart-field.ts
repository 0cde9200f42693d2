import { headerParameters } from './header-parameters.ts';

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Field values that are looked for are short; part headers too. */
const MAX_VALUE = 1024;
const MAX_PART_HEAD = 8 * 1024;
/** No operation takes as many parts; only a hostile body does. */
const MAX_PARTS = 256;

/** RFC 2046 §5.1.1, and what old clients send unquoted. */
const BOUNDARY = /^[!-~](?:[ -~]{0,68}[!-~])?$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)$/;

function boundaryOf(contentType: string): string | null {
  const parameters = headerParameters(contentType, 'multipart/form-data');
  const boundary = parameters?.get('boundary');
  if (boundary === undefined || parameters?.has('boundary*') === true) return null;
  return BOUNDARY.test(boundary) ? boundary : null;
}

/** `Buffer` searches in time proportional to the length, also where the text nearly matches everywhere. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const CRLF = '\r\n';
const textAt = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, at + 2);

/**
 * The parts between the delimiters, the line ends around these taken off.
 * @returns `null` where a delimiter stands where only some parsers see one
 */
function partsOf(bytes: Buffer, boundary: string): readonly Buffer[] | null {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = bytes.indexOf(delimiter); at >= 0; at = bytes.indexOf(delimiter, at + delimiter.length)) {
    // What stands before the first delimiter is nothing to most parsers, and the whole body to one that expects JSON.
    if (start < 0 && at > 0 && !(at === 2 && textAt(bytes, 0) === CRLF)) return null;
    if (at > 0 && (at < 2 || textAt(bytes, at - 2) !== CRLF)) return null;
    // Two delimiters may share the line end between them.
    if (start >= 0) parts.push(bytes.subarray(start, Math.max(start, at - 2)));
    if (parts.length > MAX_PARTS) return null;
    const end = at + delimiter.length;
    const behind = textAt(bytes, end);
    if (behind === '--') return /^(?:\r\n)*$/.test(bytes.toString('latin1', end + 2)) ? parts : null;
    if (behind !== CRLF) return null;
    start = end + 2;
  }
  return null;
}

/** The name of a part from its head; `null` where parsers might not agree on it. */
function nameOf(head: string): string | null {
  let name: string | null = null;
  for (const line of head.split(CRLF)) {
    const [, header = '', value = ''] = HEADER.exec(line) ?? [];
    if (header === '') return null;
    if (header.toLowerCase() !== 'content-disposition') continue;
    const parameters = headerParameters(value, 'form-data');
    if (name !== null || parameters === null || parameters.has('name*') || parameters.has('name*0'))
      return null;
    name = parameters.get('name') ?? null;
    if (name === null) return null;
  }
  return name;
}

/**
 * The value of a text field of a multipart form (RFC 7578); `null` where it is missing, doubled or too long
 * to be meant, and where the form is none that every parser reads alike.
 * @param longestBytes a longer value is not meant
 */
export function multipartField(
  bytes: Uint8Array,
  contentType: string,
  field: string,
  longestBytes = MAX_VALUE,
): string | null {
  const boundary = boundaryOf(contentType);
  const parts = boundary === null ? null : partsOf(bufferOf(bytes), boundary);
  let found: string | null = null;
  for (const part of parts ?? []) {
    const headEnd = part.subarray(0, MAX_PART_HEAD).indexOf('\r\n\r\n');
    const name = headEnd < 0 ? null : nameOf(latin1.decode(part.subarray(0, headEnd)));
    if (name === null) return null;
    if (name !== field) continue;
    const value = part.subarray(headEnd + 4);
    if (found !== null || value.length > longestBytes) return null;
    found = utf8.decode(value);
  }
  return found === '' ? null : found;
}
