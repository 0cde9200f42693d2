import { describe, expect, it } from 'vitest';
import { type ResponseRules, responseHead } from '../../src-main/core/response-headers.ts';

const RULES: ResponseRules = {
  base: { origin: 'https://x.test', prefix: '' },
  self: 'http://localhost:8001',
  ownCors: false,
  dropLength: true,
};
const headersOf = (raw: readonly string[], rules: Partial<ResponseRules> = {}) =>
  responseHead(raw, { ...RULES, ...rules }).headers;

describe('the headers of an answer', () => {
  it.each([
    'Connection',
    'Keep-Alive',
    'Proxy-Connection',
    'Proxy-Authenticate',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'x-aiproxy-request-id',
    'X-AIProxy-Error-Source',
    'Content-Length',
  ])('that were for us do not go on: %s', (name) => expect(headersOf([name, 'close'])).toEqual([]));

  it('go on in their spelling and order, twice where they came twice', () => {
    const raw = [
      'Set-Cookie',
      'a=1',
      'X-Request-ID',
      'r',
      'set-cookie',
      'b=2',
      'Content-Type',
      'a/b',
      'WWW-Authenticate',
      'Bearer',
    ];
    expect(headersOf(raw)).toEqual(raw);
  });

  it('that Connection names do not go on, wherever it stands', () => {
    expect(headersOf(['X-Foo', '1', 'Connection', 'x-foo, keep-alive', 'X-Bar', '2'])).toEqual([
      'X-Bar',
      '2',
    ]);
  });

  it('keep their length where the body stays as it is', () => {
    expect(headersOf(['Content-Length', '7'], { dropLength: false })).toEqual(['Content-Length', '7']);
  });

  it("lack the platform's word on CORS where the gateway has its own", () => {
    const raw = ['Access-Control-Allow-Origin', '*', 'access-control-anything', 'x', 'Vary', 'Origin'];
    expect(headersOf(raw)).toEqual(raw);
    expect(headersOf(raw, { ownCors: true })).toEqual(['Vary', 'Origin']);
  });

  it.each([
    ['https://x.test/v1/y?z#f', '/v1/y?z#f'],
    ['https://x.test', '/'],
    ['https://x.test?y', '/?y'],
    ['https://x.test//evil.test', 'https://x.test//evil.test'],
    ['https://x.test.evil.test/', 'https://x.test.evil.test/'],
    ['https://x.test:444/', 'https://x.test:444/'],
    ['http://x.test/', 'http://x.test/'],
    ['/relative', '/relative'],
    ['//other.test/', '//other.test/'],
  ])('have a location on the own origin made relative: %s', (location, expected) => {
    expect(headersOf(['Location', location])).toEqual(['Location', expected]);
  });
});

describe('what is read from an answer', () => {
  it('is what its headers say', () => {
    const raw = [
      'CONTENT-TYPE',
      'text/event-stream',
      'content-encoding',
      'gzip',
      'Content-Length',
      '42',
      'Date',
      'today',
    ];
    const head = responseHead(raw, RULES);
    expect(head).toMatchObject({
      contentType: 'text/event-stream',
      contentEncoding: 'gzip',
      contentLength: 42,
      hasDate: true,
    });
  });

  it('is nothing where they say nothing', () => {
    expect(responseHead([], RULES)).toEqual({
      headers: [],
      contentType: '',
      contentEncoding: null,
      contentLength: null,
      hasDate: false,
      isFramed: false,
    });
  });

  it('stays right after more spellings than are remembered', () => {
    for (let at = 0; at < 1_000; at += 1) expect(headersOf([`x-${at}`, 'v'])).toHaveLength(2);
    expect(headersOf(['TrAnSfEr-EnCoDiNg', 'chunked'])).toEqual([]);
  });
});

describe('an address that the client is to go on with', () => {
  it.each([
    [
      'x-goog-upload-url',
      'https://x.test/upload/v1beta/files?upload_id=1',
      'http://localhost:8001/upload/v1beta/files?upload_id=1',
    ],
    ['x-goog-upload-url', 'https://elsewhere.test/upload', 'https://elsewhere.test/upload'],
    ['x-goog-upload-url', 'https://x.test//elsewhere.test/', 'https://x.test//elsewhere.test/'],
  ])('leads to this gateway where it is the channel (%s: %s)', (name, value, expected) => {
    expect(responseHead([name, value], RULES).headers).toEqual([name, expected]);
  });

  it('comes without the prefix that the channel puts in front of every path', () => {
    const rules = { ...RULES, base: { origin: 'https://x.test', prefix: '/team' } };
    expect(responseHead(['location', 'https://x.test/team/v1/files'], rules).headers).toEqual([
      'location',
      '/v1/files',
    ]);
    expect(responseHead(['location', 'https://x.test/teams/v1'], rules).headers).toEqual([
      'location',
      '/teams/v1',
    ]);
  });
});
