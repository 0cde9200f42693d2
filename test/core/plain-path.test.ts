import { describe, expect, it } from 'vitest';
import { classifySent } from '../../src-main/core/classify.ts';
import { lenientPairs, plainPath } from '../../src-main/core/plain-path.ts';

describe('a path as a platform reads it', () => {
  it.each([
    ['/v1/%63hat/completions', '/v1/chat/completions'],
    ['/v1beta/%6dodels/a%2D1%3agenerateContent', '/v1beta/models/a-1:generateContent'],
    ['/v1/chat/completions/', '/v1/chat/completions'],
    ['/v1/Files/a%2Fb%3Bc%20%C3%A9', '/v1/Files/a%2Fb%3Bc%20%C3%A9'],
    ['/%30%39%41%5A%61%7A%2E%5F%7E%40', '/09AZaz._~@'],
    ['/%2F%3B%5B%60%7B%3F%25', '/%2F%3B%5B%60%7B%3F%25'],
    ['/', '/'],
  ])('%s', (path, plain) => expect(plainPath(path)).toBe(plain));
});

describe('what a lenient platform may take a path for', () => {
  it.each([
    '/v1/Files/file-A',
    '/v1/files%2Ffile-A',
    '/v1/files/file-A%2fcontent',
    '/v1/files/file-A;x=1',
    '/v1/files/file-A%3Bx',
    '/v1/files/file-A%20',
    '/v1/files/file-A%23x%FF',
  ])('has the id among it: %s', (path) => expect(lenientPairs(path)).toContain('files/file-A'));

  it('is not asked where there is one reading', () => {
    expect(lenientPairs('/v1/files/file-A')).toBeNull();
    expect(lenientPairs('/v1beta/models/gemini-1:generateContent')).toBeNull();
  });
});

it('a path is understood by what it means and sent on as it came', () => {
  const odd = classifySent('/v1/%63hat/completions/', null);
  expect(odd).toMatchObject({ name: 'chat', metered: true, path: '/v1/%63hat/completions/' });
  expect(classifySent('/openai/%64eployments/gpt/chat/completions', null).model).toBe('gpt');
});
