import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathFault } from '../../src-main/core/path-check.ts';

describe('a path', () => {
  it.each([
    ['', 'must be a path'],
    ['*', 'must be a path'],
    ['http://evil.test/', 'must be a path'],
    ['v1/models', 'must be a path'],
    ['/a\\b', 'backslash'],
    ['//evil.test', 'empty segment'],
    ['/a//b', 'empty segment'],
    ['/a//', 'empty segment'],
    ['/%', 'percent-encoding'],
    ['/%4', 'percent-encoding'],
    ['/%4g', 'percent-encoding'],
    ['/a%00', 'NUL or backslash'],
    ['/a%5Cb', 'NUL or backslash'],
    ['/.', 'dot segment'],
    ['/..', 'dot segment'],
    ['/a/./b', 'dot segment'],
    ['/a/../b', 'dot segment'],
    ['/a/%2e%2e', 'dot segment'],
    ['/a/.%2E/b', 'dot segment'],
    ['/a%2f..%2fb', 'dot segment'],
    ['/%2e', 'dot segment'],
  ])('is refused with its reason: %s', (path, reason) => {
    expect(pathFault(path)).toContain(reason);
  });

  it.each([
    '/',
    '/v1/models',
    '/a.b/..c/d..',
    '/...',
    '/%E4%B8%AD',
    '/a%2Fb',
    '/a:b@c',
    '/~x/!',
    '/.well-known',
  ])('is let through: %s', (path) => expect(pathFault(path)).toBeNull());
});

/** Bytes, because an escape such as %ba is no UTF-8 by itself and may pass all the same. */
const decodedBytes = (path: string): string =>
  path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

describe('any path', () => {
  it('that is let through has no segment that a decoder could take for a dot or an empty host', () => {
    const piece = fc.constantFrom(
      'a',
      '.',
      '..',
      '%2e',
      '%2E',
      '%2f',
      '/',
      '%25',
      '%5c',
      '\\',
      '%00',
      '%',
      'b',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = `/${pieces.join('')}`;
        if (pathFault(path) !== null) return;
        const decoded = decodedBytes(path);
        expect(decoded.split(/[/\\]/)).not.toContain('..');
        expect(decoded).not.toMatch(/\\|\0/);
        expect(new URL(`http://host${path}`).pathname).toBe(path);
      }),
    );
  });
});
