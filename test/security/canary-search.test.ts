import { describe, expect, it } from 'vitest';
import { CANARIES, SECRETS } from './canaries/canaries.ts';
import { leakSearch } from './canaries/search.ts';

const search = leakSearch(SECRETS);
const { value, secret } = CANARIES.annsKey;

describe('the search for canaries', () => {
  it.each([
    ['as it is', value],
    ['its last five characters', `***${secret.slice(-5)}`],
    ['its first five characters', `${secret.slice(0, 5)}...`],
    ['five characters of its middle', secret.slice(9, 14)],
    [
      'in an URL, encoded without need',
      [...Buffer.from(value)].map((byte) => `%${byte.toString(16)}`).join(''),
    ],
    ['hexadecimal', Buffer.from(value).toString('hex').toUpperCase()],
    ['in Base64', Buffer.from(value).toString('base64')],
    ['in Base64 behind one more character', Buffer.from(`x${value}`).toString('base64')],
    ['in Base64 behind a user', Buffer.from(`ann:${value}`).toString('base64url')],
    ['backwards', [...value].reverse().join('')],
  ])('finds a key %s', (_, spelt) => {
    const leaks = search('there', `"before":"${spelt}","behind":1`);
    expect(leaks).toMatchObject([{ canary: 'annsKey', where: 'there' }]);
  });

  it('finds every canary, each under its own name', () => {
    for (const [name, sought] of Object.entries(SECRETS)) {
      expect(search('there', `{"${sought}":1}`).map((leak) => leak.canary)).toContain(name);
    }
  });

  it('lets the last four characters stand', () => {
    expect(search('there', `pk-***${secret.slice(-4)}, ${value.slice(0, 6)}`)).toEqual([]);
  });
});
