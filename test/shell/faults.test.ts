import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { catchFaults } from '../../src-main/shell/headless/faults.ts';

function watch() {
  const source = new EventEmitter();
  const logged: string[] = [];
  const clock = { ms: 0 };
  const { tooMany } = catchFaults(
    source,
    (text) => logged.push(text),
    () => clock.ms,
  );
  return { source, logged, clock, tooMany };
}

const pending = () => new Promise<'pending'>((resolve) => setImmediate(resolve, 'pending'));

describe('an exception that no one caught', () => {
  test('is logged with its stack, and the process goes on', async () => {
    const { source, logged, tooMany } = watch();
    source.emit('uncaughtException', new Error('first'));
    source.emit('unhandledRejection', 'no error at all');
    expect(logged).toEqual([
      expect.stringMatching(/^uncaught exception: Error: first\n +at /),
      'unhandled rejection: no error at all\n',
    ]);
    expect(await Promise.race([tooMany, pending()])).toBe('pending');
  });

  test('ends the process with 1 once they come in numbers', async () => {
    const { source, tooMany } = watch();
    for (let count = 0; count < 21; count++) source.emit('uncaughtException', new Error('again'));
    expect(await Promise.race([tooMany, pending()])).toBe(1);
  });

  test('is forgotten after a minute', async () => {
    const { source, clock, tooMany } = watch();
    for (let count = 0; count < 60; count++) {
      clock.ms += 10_000;
      source.emit('uncaughtException', new Error('now and then'));
    }
    expect(await Promise.race([tooMany, pending()])).toBe('pending');
  });
});
