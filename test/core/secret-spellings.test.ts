import { describe, expect, it } from 'vitest';
import { headerSecrets, secretSpellings, withoutEchoes } from '../../src-main/core/secret-spellings.ts';

describe('the spellings of a secret', () => {
  it('are one where nothing in it needs escapes', () => {
    expect(secretSpellings('sk-plain_1.~')).toEqual(['sk-plain_1.~']);
  });

  it('are plain, percent-encoded in either case, and with the escapes of JSON', () => {
    expect(secretSpellings('a/"b')).toEqual(['a/"b', 'a%2F%22b', 'a%2f%22b', 'a/\\"b', 'a\\/\\"b']);
  });
});

describe('the secrets among the headers of a channel', () => {
  it('are the values of credentials, without their scheme', () => {
    const headers = new Map([
      ['authorization', 'Bearer 12345678'],
      ['x-team-token', 'abcdefgh'],
      ['cookie', 'session=1'],
      ['x-api-key', 'short'],
      ['user-agent', 'a long agent'],
    ]);
    expect(headerSecrets(headers)).toEqual(['12345678', 'abcdefgh', 'session=1']);
    expect(headerSecrets(null)).toEqual([]);
  });
});

describe('the headers of an answer', () => {
  it('lose what is at least so long, and nothing that is shorter', () => {
    const headers = ['server', 'ollama', 'location', '/x?key=long-secret&a=long-secret'];
    expect(withoutEchoes(headers, ['ollama', 'long-secret'], 8)).toEqual([
      'server',
      'ollama',
      'location',
      '/x?key=***&a=***',
    ]);
  });
});
