import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskKey, maskKeys, redactPath, redactText, secretMatcher } from '../../src-main/core/redact.ts';
import { growth, LINEAR } from '../support/growth.ts';

/** Secrets and the text around them share no characters, so that a hit can only come from the secret. */
const SECRET_ALPHABET = [...'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'];
const secret = fc.string({ unit: fc.constantFrom(...SECRET_ALPHABET), minLength: 8, maxLength: 64 });
const harmless = fc.string({ unit: fc.constantFrom(...'abcdefg hij./{}'), maxLength: 20 });

/** The longest run of the secret that can still be read, in characters. */
function longestLeak(shown: string, planted: string): number {
  for (let length = planted.length; length > 0; length -= 1) {
    for (let at = 0; at + length <= planted.length; at += 1) {
      if (shown.includes(planted.slice(at, at + length))) return length;
    }
  }
  return 0;
}

describe('a masked key', () => {
  it.each([
    ['', '***'],
    ['abc', '***'],
    ['12345678901', '***'],
    ['123456789012', '***9012'],
    ['pk-0123456789abcdef', '***cdef'],
  ])('of %j is %j', (key, masked) => {
    expect(maskKey(key)).toBe(masked);
  });
});

describe('text for a log', () => {
  it.each([
    ['Bearer ', ''],
    ['bearer   ', ' was refused'],
    ['Authorization: Bearer ', '\r\nhost: x'],
    ['authorization: ', ''],
    ['"authorization":"Basic ', '"}'],
    ['x-api-key: ', ', then'],
    ['x-goog-api-key=', ''],
    ['API-Key: ', ''],
    ['Incorrect API key: ', '. See'],
    ['{"api_key": "', '"}'],
    ["apiKey='", "'"],
    ['https://h/x?key=', '&a=b'],
    ['/x?a=b&access_token=', ' HTTP/1.1'],
    ['?token=', '#top'],
    ['https://user:', '@proxy.example:8080/'],
    ['password=', ';'],
    ['sk-', ' is wrong'],
    ['sk-proj-', '-more'],
    ['pk_user1_', ''],
    ['pat_', '"'],
    ['ek_', ','],
    ['AIza', ')'],
    ['url=https%3A%2F%2Fh%2F%3Fx%3Dsk-', ''],
  ])('shows at most the last four characters of what follows %j', (before, after) => {
    fc.assert(
      fc.property(secret, harmless, (planted, around) => {
        const shown = redactText(`${around} ${before}${planted}${after} ${around}`);
        expect(longestLeak(shown, planted)).toBeLessThanOrEqual(4);
      }),
      { numRuns: 50 },
    );
  });
});

describe('text that holds keys of odd shapes', () => {
  it('masks JSON Web Tokens', () => {
    const token = `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
    expect(redactText(`got ${token}, which has expired`)).toBe('got ***cccc, which has expired');
  });

  it('masks a key that the platform has shortened with asterisks of its own', () => {
    expect(redactText('Incorrect API key provided: sk-12345***************6789.')).not.toContain('12345');
  });

  it('masks the whole of a key that has dots in it', () => {
    expect(redactText('api_key=sk-abcdef.restofthesecret9')).toBe('api_key=***ret9');
    expect(redactText('sk-abcdef.restofthesecret9')).toBe('***ret9');
  });

  it('is not fooled by a value that begins like a mask', () => {
    expect(redactText('Bearer ***abcdefghijklmn')).toBe('Bearer ***klmn');
  });

  it.each([
    'connection refused',
    'You need to provide your API key in an Authorization header using Bearer auth',
    'the channel ch_0123456789abcdef0123 is disabled',
    'the task-list of the desk-top is risk-free',
    'upstream https://api.example.com:443/v1/models answered 404',
    'user usr_1 key key_1 tokens: 12',
  ])('leaves %j alone', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('is the same after a second time', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom('Bearer ', 'x-api-key: ', '?key=', 'sk-'), (planted, before) => {
        const once = redactText(before + planted);
        expect(redactText(once)).toBe(once);
      }),
    );
  });

  it('takes time in proportion to its length, also where it is made to trip patterns up', () => {
    const hostile: readonly (readonly [before: string, piece: string])[] = [
      ['', 'Bearer '],
      ['', 'api_key'],
      ['', 'a://'],
      ['', 'sk-'],
      ['eyJ', 'a.'],
      ['', '-eyJ'],
      ['', ' '],
      ['https://', 'u:'],
    ];
    for (const [before, piece] of hostile) {
      const redacting = (times: number) => {
        const text = before + piece.repeat(times);
        return () => redactText(text);
      };
      expect(growth(redacting, 20_000), piece).toBeLessThan(LINEAR);
    }
  });
});

describe('text that holds configured secrets', () => {
  it('shows at most the last four characters of each, wherever it stands and whatever it looks like', () => {
    const opaque = fc.string({
      unit: fc.constantFrom(...SECRET_ALPHABET, '密', '钥', '+', '='),
      minLength: 8,
    });
    fc.assert(
      fc.property(fc.array(opaque, { minLength: 1, maxLength: 8 }), harmless, (planted, around) => {
        const shown = redactText(around + planted.join(around), secretMatcher(planted));
        for (const one of planted) expect(shown).not.toContain(one);
        for (const one of planted.filter((each) => !each.includes('='))) {
          if (planted.length === 1) expect(longestLeak(shown, one)).toBeLessThanOrEqual(4);
        }
      }),
    );
  });

  it('masks the longer of two that begin alike', () => {
    const matcher = secretMatcher(['ABCDEFGH1234', 'ABCDEFGH12345678']);
    expect(matcher.mask('<ABCDEFGH12345678> <ABCDEFGH1234>')).toBe('<***5678> <***1234>');
  });

  it('masks short ones only where they stand alone', () => {
    const matcher = secretMatcher(['pass', 'a.c-']);
    expect(matcher.mask('pass passed by=pass a.c- abc-')).toBe('*** passed by=*** *** abc-');
  });

  it('leaves references to the environment readable, and what is too short for a secret', () => {
    expect(secretMatcher(['env:OPENAI_KEY', 'ab', '']).mask('env:OPENAI_KEY ab')).toBe('env:OPENAI_KEY ab');
  });

  it('costs no more than their number, also where ten thousand secrets begin alike', () => {
    const text = 'upstream answered 401 for ABCDEFGH77-secret-of-channel-77 '.repeat(10);
    const masking = (secrets: number) => {
      const { mask } = secretMatcher(
        Array.from({ length: secrets }, (_, n) => `ABCDEFGH${n}-secret-of-channel-${n}`.slice(n % 7)),
      );
      return () => {
        for (let n = 0; n < 100; n += 1) expect(mask(text)).not.toContain('ABCDEFGH77');
      };
    };
    expect(growth(masking, 2_500)).toBeLessThan(LINEAR);
  });
});

describe('the path in the request log', () => {
  it.each([
    ['/v1/chat/completions', '/v1/chat/completions'],
    [
      '/v1beta/models/x:generateContent?key=SECRET&alt=sse',
      '/v1beta/models/x:generateContent?key=***&alt=sse',
    ],
    ['/x?alt=sse&Access_Token=SECRET', '/x?alt=sse&Access_Token=***'],
    ['/x?api-key=SECRET', '/x?api-key=***'],
    ['/x?k%65y=SECRET', '/x?k%65y=***'],
    ['/x?%E0%A4%A=1&token=SECRET', '/x?%E0%A4%A=1&token=***'],
    ['/x?key', '/x?key'],
    ['/x?', '/x?'],
    ['/x?a=1?key=SECRET', '/x?a=1?key=***'],
    ['/x?model=gpt-4o&monkey=1', '/x?model=gpt-4o&monkey=1'],
    ['/sk-abcdefghijkl/v1/models', '/***ijkl/v1/models'],
  ])('of %s is %s', (path, logged) => {
    expect(redactPath(path)).toBe(logged);
  });

  it('never shows a credential in the query, in whatever order and company', () => {
    const name = fc.constantFrom(
      'key',
      'api_key',
      'apikey',
      'access_token',
      'token',
      'KEY',
      'x-api-key',
      'auth',
    );
    const other = fc.constantFrom('alt=sse', 'a=b', '', '=', 'model=x%20y');
    fc.assert(
      fc.property(name, secret, fc.array(other), fc.array(other), (key, planted, before, after) => {
        const path = `/v1?${[...before, `${key}=${planted}`, ...after].join('&')}`;
        expect(longestLeak(redactPath(path), planted)).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('is cut where it is very long, and not in the middle of a credential that is still shown', () => {
    const logged = redactPath(`/x?a=${'b'.repeat(2035)}&key=SECRETSECRET&c=${'d'.repeat(3000)}`);
    expect(logged.length).toBeLessThanOrEqual(2051);
    expect(logged).not.toContain('SECRET');
  });

  it.each([
    ['a key', (at: number) => `/${'b'.repeat(at)}/sk-SECRETSECRETSECRET`],
    ['a JSON Web Token', (at: number) => `/${'b'.repeat(at)}/eyJSECRETSECRET.SECRETSECRET`],
    ['a password', (at: number) => `/x?a=${'b'.repeat(at)}&u=https://u:SECRETSECRETSECRET@h/`],
    [
      'the rest of what was shortened',
      (at: number) => `/x?key=${'b'.repeat(at)}&u=https://u:SECRETSECRET@h/`,
    ],
  ])('shows nothing of %s wherever it is cut', (_, path) => {
    for (let at = 2_000; at < 3_100; at += 1)
      expect(longestLeak(redactPath(path(at) + 'c'.repeat(4_000)), 'SECRETSECRET')).toBeLessThanOrEqual(4);
  });

  it.each(['-eyJ', '/eyJaaaaa', '&key=', '://u:', '-sk-'])(
    'is masked in time that does not follow its length where it is made of %s',
    (piece) => {
      const masking = (times: number) => {
        const path = `/?${piece.repeat(times)}`;
        return () => {
          for (let request = 0; request < 100; request += 1) redactPath(path);
        };
      };
      expect(growth(masking, 4_000)).toBeLessThan(3);
    },
  );
});

describe('an admin token or a session', () => {
  const token = 'Zz9_-'.repeat(7).slice(0, 32);

  it.each(['at-', 'as-'])('that begins with %s is masked, wherever it stands', (prefix) => {
    const shown = `***${token.slice(-4)}`;
    expect(redactText(`the model ${prefix}${token} is unknown`)).toBe(`the model ${shown} is unknown`);
    expect(redactPath(`/v1/${prefix}${token}?x=${prefix}${token}`)).toBe(`/v1/${shown}?x=${shown}`);
  });

  it('is not seen in words with hyphens', () => {
    expect(redactText('at-rest encryption is sold as-is, see as-of-yet-unwritten-notes')).toBe(
      'at-rest encryption is sold as-is, see as-of-yet-unwritten-notes',
    );
  });
});

describe('what is told of a request that was refused', () => {
  const secrets = secretMatcher(['a secret of a channel']);

  it('masks known secrets and what looks like a key', () => {
    expect(maskKeys('no channel "a secret of a channel", no user "pk-test-0123456789"', secrets)).toBe(
      'no channel "***nnel", no user "***6789"',
    );
  });

  it('leaves the names of members readable, and what is said of them', () => {
    const said = 'api_key: Invalid input; password=missing; authorization: must be a text';
    expect(maskKeys(said, secrets)).toBe(said);
  });
});
