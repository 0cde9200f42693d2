import { expect, it } from 'vitest';
import { secretReader } from '../../src-main/proxy/client-secrets.ts';

it.each(['x', '}'])(
  'a platform that makes secrets of single bytes (%s) does not hold up the gateway',
  (byte) => {
    const reader = secretReader(() => undefined);
    const start = performance.now();
    for (let i = 0; i < 64 * 1024; i++) reader.push(Buffer.from(byte));
    expect(performance.now() - start).toBeLessThan(2_000);
  },
);

it('a secret is found that comes in pieces', () => {
  const found: unknown[] = [];
  const reader = secretReader((...secret) => found.push(secret));
  for (const piece of ['{"value":"ek_', 'a}', '","expires_at":2', ',"session":{}', '}\n'])
    reader.push(Buffer.from(piece));
  expect(found).toEqual([['ek_a}', 2000]]);
});
