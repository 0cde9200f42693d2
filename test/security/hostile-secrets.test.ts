import { expect, it } from 'vitest';
import { secretReader } from '../../src-main/proxy/client-secrets.ts';
import { growth, LINEAR } from '../support/growth.ts';

it.each(['x', '}'])(
  'a platform that makes secrets of single bytes (%s) does not hold up the gateway',
  (byte) => {
    const reading = (bytes: number) => () => {
      const reader = secretReader(() => undefined);
      for (let at = 0; at < bytes; at += 1) reader.push(Buffer.from(byte));
    };
    expect(growth(reading, 16 * 1024)).toBeLessThan(LINEAR);
  },
);

it('a secret is found that comes in pieces', () => {
  const found: unknown[] = [];
  const reader = secretReader((...secret) => found.push(secret));
  for (const piece of ['{"value":"ek_', 'a}', '","expires_at":2', ',"session":{}', '}\n'])
    reader.push(Buffer.from(piece));
  expect(found).toEqual([['ek_a}', 2000]]);
});
