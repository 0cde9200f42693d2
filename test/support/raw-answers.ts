/** Complete answers of a broken platform (`Content-Length` and framing that no client may trust), by what is wrong. */
export const BROKEN_ANSWERS: Readonly<Record<string, string>> = {
  'both lengths':
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
  'a bare LF': 'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello',
  garbage: '\u0000\u0001\u0002 this is not HTTP at all\r\n\r\n',
  'an unasked 100': 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'an invalid chunk size': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n',
  'a status that is no number': 'HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n',
};

/** A proper JSON answer as raw bytes. */
export function rawJsonAnswer(value: unknown, status = 200): string {
  const body = JSON.stringify(value);
  return `HTTP/1.1 ${status} OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The head of an event stream, chunked. */
export const RAW_SSE_HEAD =
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';

/** One chunk of a chunked body. */
export function rawChunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}
