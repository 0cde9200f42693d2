import { describe, expect, it } from 'vitest';
import { joinPath, parseBaseUrl } from '../../src-main/core/base-url.ts';

describe('an address', () => {
  it.each([
    ['https://api.test', [], { origin: 'https://api.test', host: 'api.test', prefix: '' }],
    ['https://api.test:443/', [], { origin: 'https://api.test', host: 'api.test', prefix: '' }],
    [
      'http://api.test:8080/a/b//',
      [],
      { origin: 'http://api.test:8080', host: 'api.test:8080', prefix: '/a/b' },
    ],
    ['https://api.test/v1', ['/v1'], { prefix: '' }],
    ['https://api.test/proxy/v1/', ['/v1'], { prefix: '/proxy' }],
    ['https://d.test/compatible-mode/v1', ['/compatible-mode/v1', '/compatible-mode'], { prefix: '' }],
    ['https://api.test/api/v3', ['/v1'], { prefix: '/api/v3' }],
    ['wss://api.test/x', [], { origin: 'https://api.test', prefix: '/x' }],
    ['http://[::1]:11434', [], { origin: 'http://[::1]:11434', hostname: '[::1]' }],
    ['HTTPS://API.Test/X', [], { origin: 'https://api.test', prefix: '/X' }],
  ] as const)('is taken apart: %s', (url, own, expected) => {
    expect(parseBaseUrl(url, own)).toMatchObject(expected);
  });

  it('that is none is refused', () => expect(() => parseBaseUrl('nothing', [])).toThrow(TypeError));
});

describe('a prefix and a path', () => {
  it.each([
    ['', '/v1/x', true, '/v1/x'],
    ['/gate', '/v1/x', true, '/gate/v1/x'],
    ['/gate', '/native/x', false, '/gate/native/x'],
    ['/api/v3', '/v1/chat/completions', true, '/api/v3/chat/completions'],
    ['/api/v3', '/v3/x', false, '/api/v3/x'],
    ['/api/v3', '/v3', false, '/api/v3'],
    ['/api/v3', '/v33/x', false, '/api/v3/v33/x'],
    ['/api/v3', '/native/x', false, '/api/v3/native/x'],
    ['/api/v3', '/v1/x', false, '/api/v3/v1/x'],
    ['/v1', '/v1/x', true, '/v1/x'],
    ['/paas/v4', '/v1/x', true, '/paas/v4/x'],
    ['/v1beta', '/v1beta/models', false, '/v1beta/models'],
    ['/version', '/v1/x', true, '/version/v1/x'],
  ] as const)('of %s and %s (canonical: %s) are %s', (prefix, path, canonical, joined) => {
    expect(joinPath(prefix, path, canonical)).toBe(joined);
  });
});
