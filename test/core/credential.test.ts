import { describe, expect, it } from 'vitest';
import {
  bearerToken,
  queryKey,
  readCredential,
  subprotocolKey,
  withoutQueryKey,
} from '../../src-main/core/credential.ts';
import { readHead } from '../../src-main/core/request-head.ts';

const always = () => true;
const never = () => false;

describe('a bearer token', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['BEARER\tabc', 'abc'],
    ['Bearer    abc  ', 'abc'],
    ['Bearer a b', 'a b'],
    ['Bearer', null],
    ['Bearer ', null],
    ['Bearerabc', null],
    ['Basic abc', null],
    [' Bearer abc', null],
    ['', null],
  ])('is read from %j', (header, token) => expect(bearerToken(header)).toBe(token));
});

describe('a key among subprotocols', () => {
  it.each([
    ['realtime, openai-insecure-api-key.pk-1, openai-beta.realtime-v1', 'pk-1'],
    ['openai-insecure-api-key.pk-1', 'pk-1'],
    ['OpenAI-Insecure-API-Key.pk-1', 'pk-1'],
    ['openai-insecure-api-key.', ''],
    ['realtime', null],
    ['xopenai-insecure-api-key.pk-1', null],
  ])('is read from %j', (header, key) => expect(subprotocolKey(header)).toBe(key));
});

describe('a key in the query', () => {
  it.each([
    ['key=a', 'a'],
    ['x=1&key=a%2Bb&key=c', 'a+b'],
    ['k%65y=a', 'a'],
    ['key=a+b', 'a b'],
    ['key=%zz', '%zz'],
    ['key', null],
    ['akey=1&keys=2', null],
    ['', null],
  ])('is read from %j', (query, key) => expect(queryKey(query)).toBe(key));

  it.each([
    ['key=a', ''],
    ['x=1&key=a&y=2', 'x=1&y=2'],
    ['k%65y=a&x=1', 'x=1'],
    ['key&x=1', 'x=1'],
    ['x=%zz&key=a&key=b', 'x=%zz'],
    ['x=1&&y=2', 'x=1&&y=2'],
    ['KEY=a&x=1', 'x=1'],
    ['monkey=1', 'monkey=1'],
  ])('is taken out of %j, and the rest stays byte for byte', (query, rest) => {
    expect(withoutQueryKey(query, always, null)).toBe(rest);
  });

  it('stays where it is no credential', () => {
    expect(withoutQueryKey('key=mine&x=1', never, null)).toBe('key=mine&x=1');
    expect(withoutQueryKey('key=mine&key=pk', (value) => value === 'pk', null)).toBe('key=mine');
  });
});

describe('the credential in any other member of the query', () => {
  it.each([
    'api_key=pk-sought',
    'x=1;key=pk-sought',
    'key[]=pk%2dsought',
    'x=pk%2Dsought%',
    'pk-sought',
    'pk-sought=1',
  ])('takes the member with it: %s', (member) =>
    expect(withoutQueryKey(`a=1&${member}&b=%zz`, never, 'pk-sought')).toBe('a=1&b=%zz'),
  );
});

describe('the credential that counts', () => {
  const read = (headers: readonly string[], query = '', counts = always) =>
    readCredential(readHead(headers), query, counts);

  it.each([
    ['a bearer before all', ['x-api-key', '2', 'authorization', 'Bearer 1'], '1'],
    ['x-api-key before api-key', ['api-key', '3', 'x-api-key', '2'], '2'],
    ['api-key before x-goog-api-key', ['x-goog-api-key', '4', 'api-key', '3'], '3'],
    [
      'x-goog-api-key before a subprotocol',
      ['sec-websocket-protocol', 'openai-insecure-api-key.5', 'x-goog-api-key', '4'],
      '4',
    ],
    ['a subprotocol before the query', ['sec-websocket-protocol', 'openai-insecure-api-key.5'], '5'],
    ['the query last', [], '6'],
  ] as const)('is %s', (_, headers, key) => expect(read(headers, 'key=6')).toBe(key));

  it('is none where the query does not count', () => expect(read([], 'key=6', never)).toBeNull());
  it('is none where it is empty or longer than any key', () => {
    expect(read(['x-api-key', ''])).toBeNull();
    expect(read(['x-api-key', 'k'.repeat(4097)])).toBeNull();
    expect(read(['x-api-key', 'k'.repeat(4096)])).toHaveLength(4096);
  });
});
