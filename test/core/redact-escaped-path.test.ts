import { describe, expect, it } from 'vitest';
import { redactPath, secretMatcher } from '../../src-main/core/redact.ts';

describe('an escaped path in the request log', () => {
  it.each([
    ['/v1/%70k-abcdefghijkl', '/v1/***ijkl'],
    ['/v1/p%6B-abcdefghijkl?x=1', '/v1/***ijkl?x=1'],
    ['/v1/pk%2Dabcdefghijkl', '/v1/***ijkl'],
    ['/v1/pk-abcd%65fgh%69jkl/x%20y', '/v1/***ijkl/x%20y'],
    ['/v1/%2570k-abcdefghijkl', '/v1/***ijkl'],
    ['/v1/%25252570k%25252Dabcdefghijkl', '/v1/***ijkl'],
    ['/v1/x?a=%73%6b-abcdefghijkl', '/v1/x?a=***ijkl'],
    ['/v1/x?%256b%2565y=SECRETSECRET', '/v1/x?key=***'],
    ['/v1/%41Iza%53yABCDEFGHIJKL', '/v1/***IJKL'],
  ])('masks a key with escaped letters: of %s is %s', (path, logged) => {
    expect(redactPath(path)).toBe(logged);
  });

  it.each([0, 1, 2, 3, 7, 9, 12, 18, 22])('leaves nothing of a key behind its escaped character %i', (at) => {
    const key = 'pk-ann-0123456789abcdef';
    const escaped = `%${key.charCodeAt(at).toString(16)}`;
    const known = secretMatcher([key]);
    for (const spelled of [escaped, escaped.replace('%', '%2525')]) {
      const path = `/v1/${key.slice(0, at)}${spelled}${key.slice(at + 1)}/x?y=%20`;
      expect(redactPath(path)).toBe('/v1/***cdef/x?y=%20');
      expect(redactPath(path, known.mask)).toBe('/v1/***cdef/x?y=%20');
    }
  });

  it('masks a value by its name before an escaped & in it could end it', () => {
    const known = secretMatcher(['pk-ann-0123456789abcdef']);
    const path = '/v1/pk-ann-0123456789%61bcdef?key=abcd%26efghij&x=1';
    expect(redactPath(path, known.mask)).toBe('/v1/***cdef?key=***&x=1');
  });

  it.each(['/v1/a%20b%2Fc?x=%E4%BD%A0', '/v1/%41%42C', '/v1/100%25', '/v1/%E0%A4%A'])(
    'stays as it came where it holds no key: %s',
    (path) => expect(redactPath(path)).toBe(path),
  );

  it('masks a configured key of any form, every character of it escaped or not', () => {
    const key = 'team größe/4711 & co';
    const known = secretMatcher([key]);
    const bytes = [...new TextEncoder().encode(key)];
    const all = bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    for (const spelled of [encodeURIComponent(key), encodeURI(key), all, all.replaceAll('%', '%25')]) {
      const logged = redactPath(`/v1/x/${spelled}?model=a%20b`, known.mask);
      expect(logged).toBe('/v1/x/***%20co?model=a%20b'.replace('***%20co', encodeURI('***& co')));
    }
  });
});
