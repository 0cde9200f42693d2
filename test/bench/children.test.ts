import { afterEach, describe, expect, it } from 'vitest';
import { killAll, runToEnd, startChild } from '../../bench/children.ts';

const node = (script: string) => [process.execPath, '-e', script];
const FOREVER = 'setInterval(() => {}, 1000);';
const unbound = { core: null };

afterEach(killAll);

describe('the processes of the benchmark', () => {
  it('give a line whether it came before or after it was asked for', async () => {
    const child = startChild(node(`console.log('one'); console.log('two'); ${FOREVER}`), unbound);
    expect(await child.line((line) => line === 'two', 10_000)).toBe('two');
    expect(await child.line((line) => line === 'one', 10_000)).toBe('one');
    await child.stop();
  });

  it('say why they ended instead of giving the line, without the folder they stand in', async () => {
    const child = startChild(node("console.error('no luck'); process.exit(3)"), unbound);
    await expect(child.line(() => true, 10_000)).rejects.toThrow(/^node -e ended: no luck$/);
    expect(await child.ended).toBe(3);
  });

  it('are ended hard when they ignore a polite request', async () => {
    const stubborn = startChild(
      node(`process.on('SIGTERM', () => {}); console.log('up'); ${FOREVER}`),
      unbound,
    );
    await stubborn.line((line) => line === 'up', 10_000);
    await stubborn.stop(100);
    expect(await stubborn.ended).toBeNull();
  });

  it('leave nothing behind on the way out, not even what they started in turn', async () => {
    const nested = `const { spawn } = require('node:child_process');
      const inner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      console.log(inner.pid); ${FOREVER}`;
    const outer = startChild(node(nested), unbound);
    await outer.line((line) => /^\d+$/.test(line), 10_000);
    killAll();
    // The inner one holds the same standard output, so the end of it is the end of both.
    expect(await outer.ended).toBeNull();
  });

  it('hand back all output of a run that ends well, and the complaint of one that does not', async () => {
    expect(await runToEnd(node("console.log('figures')"), unbound)).toBe('figures\n');
    await expect(runToEnd(node("console.error('bad'); process.exit(1)"), unbound)).rejects.toThrow('bad');
  });
});
