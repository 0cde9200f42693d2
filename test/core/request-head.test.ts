import { describe, expect, it } from 'vitest';
import { readHead } from '../../src-main/core/request-head.ts';

const headOf = (...lines: readonly (readonly [string, string])[]) => readHead(lines.flat());

describe('the head of a request', () => {
  it('knows nothing where nothing is said', () => {
    const head = headOf();
    expect(head).toMatchObject({
      host: null,
      hostCount: 0,
      contentLength: null,
      authorization: null,
      forwarded: false,
    });
  });

  it.each([
    ['host', 'Host', 'a', 'b', 'a'],
    ['authorization', 'Authorization', 'one', 'two', 'one'],
    ['xApiKey', 'x-api-key', 'one', 'two', 'one'],
    ['apiKey', 'api-key', 'one', 'two', 'one'],
    ['xGoogApiKey', 'x-goog-api-key', 'one', 'two', 'one'],
    ['contentType', 'Content-Type', 'a/b', 'c/d', 'a/b'],
    ['origin', 'Origin', 'a', 'b', 'a'],
    ['channel', 'x-aiproxy-channel', 'a', 'b', 'a'],
    ['hops', 'x-aiproxy-hops', '1', '0', '1'],
    ['upgrade', 'Upgrade', 'websocket', 'h2c', 'websocket'],
    ['connection', 'Connection', 'a', 'b', 'a, b'],
    ['transferEncoding', 'Transfer-Encoding', 'gzip', 'chunked', 'gzip, chunked'],
    ['contentEncoding', 'Content-Encoding', 'gzip', 'br', 'gzip, br'],
    ['subprotocols', 'Sec-WebSocket-Protocol', 'a', 'b', 'a, b'],
    ['forwardedFor', 'X-Forwarded-For', 'a', 'b', 'a, b'],
  ] as const)('takes the first of two, or joins lists: %s', (member, name, first, second, expected) => {
    expect(headOf([name, first], [name.toUpperCase(), second])[member]).toBe(expected);
  });

  it('counts hosts and reads a length as a number', () => {
    expect(headOf(['Host', 'a'], ['host', 'a']).hostCount).toBe(2);
    expect(headOf(['Content-Length', '17']).contentLength).toBe(17);
  });

  it('keeps an empty header apart from none', () => {
    expect(headOf(['x-api-key', '']).xApiKey).toBe('');
  });

  it.each(['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Server', 'X-Real-IP'])(
    'notices that somebody forwarded it: %s',
    (name) => expect(headOf([name, 'x']).forwarded).toBe(true),
  );

  it('notices whose SDK speaks', () => {
    expect(headOf(['anthropic-version', '2023-06-01']).anthropicVersion).toBe(true);
    expect(headOf(['x-goog-api-client', 'google-genai-sdk/1']).googleClient).toBe(true);
  });

  it('ignores a name without value at the end of the list', () => {
    expect(readHead(['Host', 'a', 'x-api-key']).xApiKey).toBeNull();
  });
});
