import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { stopSignals } from '../../src-main/shell/headless/signals.ts';

/** Whether a promise is already fulfilled, and with what. */
async function state<T>(promise: Promise<T>): Promise<T | 'pending'> {
  return Promise.race([promise, new Promise<'pending'>((resolve) => setImmediate(resolve, 'pending'))]);
}

function watch() {
  const source = new EventEmitter();
  const clock = { ms: 0 };
  const signals = stopSignals(source, () => clock.ms);
  const send = (signal: NodeJS.Signals, atMs: number) => {
    clock.ms = atMs;
    source.emit(signal, signal);
  };
  return { source, signals, send };
}

describe('signals', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s asks to stop', async (signal) => {
    const { signals, send } = watch();
    expect(await state(signals.asked)).toBe('pending');
    send(signal, 5);
    expect(await state(signals.asked)).toBeUndefined();
    expect(await state(signals.forced)).toBe('pending');
  });

  test('that come at once, from the terminal and passed on by npm, are one wish', async () => {
    const { signals, send } = watch();
    send('SIGINT', 0);
    send('SIGINT', 2);
    send('SIGTERM', 900);
    expect(await state(signals.forced)).toBe('pending');
  });

  test('that come again later force the end with the code of the signal', async () => {
    const { signals, send } = watch();
    send('SIGTERM', 0);
    send('SIGINT', 1500);
    expect(await state(signals.forced)).toBe(130);
  });

  test('mean what they meant before once they are no longer watched', () => {
    const { source, signals } = watch();
    signals.dispose();
    expect(source.eventNames()).toEqual([]);
  });
});
