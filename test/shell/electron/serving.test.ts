import { expect, it } from 'vitest';
import { type App, StartError, type Started } from '../../../src-main/app-options.ts';
import { Serving } from '../../../src-main/shell/electron/serving.ts';

const STARTED: Started = {
  proxyUrl: 'http://127.0.0.1:8001',
  sharedUrls: [],
  consoleUrl: 'http://127.0.0.1:8002',
  runToken: 'of-this-run',
  firstStart: null,
  demoKey: null,
  shutdownAsked: new Promise(() => undefined),
  mask: (text) => text,
  notices: [],
};

/** A gateway whose start and stop end when the test says so. */
function life() {
  const starting = Promise.withResolvers<Started>();
  const stopping = Promise.withResolvers<void>();
  const seen: unknown[] = [];
  const app: App = {
    start: () => starting.promise,
    stop: (graceMs) => {
      seen.push(['stop', graceMs]);
      return stopping.promise;
    },
    setPaused: () => undefined,
    isPaused: () => false,
  };
  const serving = new Serving(app, {
    onServing: ({ proxyUrl }) => seen.push(['serves', proxyUrl]),
    onFailed: (error) => seen.push(['failed', error]),
    onStopFailed: (error) => seen.push(['stop failed', error]),
    onPhase: () => undefined,
    exit: (code) => seen.push(['exit', code]),
  });
  const begun = serving.begin();
  return { serving, seen, starting, stopping, begun };
}

it('serves, drains for up to 30 s when it quits, and ends with 0', async () => {
  const { serving, seen, starting, stopping, begun } = life();
  starting.resolve(STARTED);
  await begun;
  serving.quit();
  serving.quit();
  stopping.resolve();
  await expect.poll(() => serving.phase).toBe('ended');
  expect(seen).toEqual([
    ['serves', 'http://127.0.0.1:8001'],
    ['stop', 30_000],
    ['exit', 0],
  ]);
});

it('explains why it cannot start, and ends with 1', async () => {
  const { seen, starting, begun } = life();
  const error = new StartError('port 8001 is in use');
  starting.reject(error);
  await begun;
  expect(seen).toEqual([
    ['failed', error],
    ['exit', 1],
  ]);
});

it('waits for nothing after too many faults, and ends with their code', async () => {
  const { serving, seen, starting, stopping, begun } = life();
  starting.resolve(STARTED);
  await begun;
  serving.quit(1);
  stopping.resolve();
  await expect.poll(() => seen.at(-1)).toEqual(['exit', 1]);
  expect(seen).toContainEqual(['stop', 0]);
});

it('ends at once when it is forced', async () => {
  const { serving, seen, starting, begun } = life();
  starting.resolve(STARTED);
  await begun;
  serving.quit();
  serving.force(143);
  expect(seen.at(-1)).toEqual(['exit', 143]);
});

it('ends with 1 where draining fails, and says why', async () => {
  const { serving, seen, starting, stopping, begun } = life();
  starting.resolve(STARTED);
  await begun;
  serving.quit();
  const error = new Error('the disk is full');
  stopping.reject(error);
  await expect.poll(() => seen.at(-1)).toEqual(['exit', 1]);
  expect(seen).toContainEqual(['stop failed', error]);
});
