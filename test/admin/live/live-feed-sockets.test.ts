import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { LiveFeedSockets } from '../../../src-main/admin/live/live-feed-sockets.ts';
import { isLiveUpgrade, serveLiveFeed } from '../../../src-main/admin/live/upgrade.ts';
import type { RequestFeed } from '../../../src-main/core/control-ports.ts';
import { LiveFeed } from '../../../src-main/core/live-feed.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { LiveFeedRefusal, openLiveFeed } from '../../support/live-feed-client.ts';
import { aRecord } from '../../support/request-record.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

/** The sockets on a real listener whose guards let everybody in, with a clock that stands still. */
async function setUp() {
  const clock = createFakeClock();
  const live = new LiveFeed();
  const good = new Set(['a', 'b']);
  let subscribers = 0;
  const feed: RequestFeed = {
    subscribe(listener) {
      subscribers += 1;
      const end = live.subscribe(listener);
      return () => {
        subscribers -= 1;
        end();
      };
    },
  };
  const state = { open: 0 };
  const sockets = new LiveFeedSockets({
    feed,
    clock,
    openRequests: () => state.open,
    isStillGood: (credential) => good.has(credential),
  });
  const server = createServer({ shouldUpgradeCallback: isLiveUpgrade }, (_request, response) =>
    response.end('plain'),
  );
  const app = {
    fetch(request: Request, { upgrade }: Parameters<Parameters<typeof serveLiveFeed>[1]['fetch']>[1]) {
      const credential = request.headers.get('authorization')?.replace('Bearer ', '') ?? 'a';
      if (upgrade !== undefined) upgrade.granted = { filter: {}, credential };
      return new Response(null, { status: 204 });
    },
  };
  serveLiveFeed(server, app, sockets);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cleanUp.add(async () => {
    await Promise.all([sockets.close(), clock.advanceAsync(1000)]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const publish = (count: number, first = 0) => {
    for (let n = first; n < first + count; n += 1) live.publish(aRecord({ request_id: `r${n}` }));
  };
  return {
    clock,
    publish,
    good,
    state,
    url,
    sockets,
    subscribers: () => subscribers,
    watch: async (credential = 'a') =>
      cleanUp.closing(await openLiveFeed(url, { headers: { authorization: `Bearer ${credential}` } })),
  };
}

describe('while nobody watches', () => {
  it('requests are not listened to and no timer waits', async () => {
    const { watch, subscribers, clock } = await setUp();
    expect([subscribers(), clock.pending]).toEqual([0, 0]);
    const feed = await watch();
    expect([subscribers(), clock.pending]).toEqual([1, 1]);
    await feed.close();
    await expect.poll(() => [subscribers(), clock.pending]).toEqual([0, 0]);
  });

  it('nothing is kept for the next one', async () => {
    const { watch, publish, clock } = await setUp();
    const first = await watch();
    publish(3);
    await first.close();
    publish(3);
    const next = await watch();
    await clock.advanceAsync(250);
    publish(1, 10);
    await clock.advanceAsync(250);
    await expect.poll(() => next.requests().map((item) => item.request_id)).toEqual(['r10']);
  });
});

describe('requests are shown', () => {
  it('four times a second, those of each time together', async () => {
    const { watch, publish, clock } = await setUp();
    const feed = await watch();
    publish(3);
    await clock.advanceAsync(249);
    publish(2, 3);
    await clock.advanceAsync(1);
    await expect.poll(() => feed.requests()).toHaveLength(5);
    expect(feed.messages.filter((message) => message.type === 'requests')).toHaveLength(1);
  });

  it('at most 200 at a time, the newest of them, and the others counted', async () => {
    const { watch, publish, clock } = await setUp();
    const feed = await watch();
    publish(1000);
    await clock.advanceAsync(250);
    await expect.poll(() => feed.requests()).toHaveLength(200);
    expect([feed.skipped(), feed.requests().at(-1)?.request_id]).toEqual([800, 'r999']);
  });

  it('with every request either shown or counted, however many there are', async () => {
    const { watch, publish, clock } = await setUp();
    const feeds = await Promise.all(Array.from({ length: 20 }, () => watch()));
    for (let n = 0; n < 4; n += 1) {
      publish(10_000);
      await clock.advanceAsync(250);
    }
    for (const feed of feeds) {
      await expect.poll(() => feed.requests().length + feed.skipped()).toBe(40_000);
    }
  });

  it('not to one who does not read, who is told afterwards how many were missed', async () => {
    const { watch, publish, clock } = await setUp();
    const feed = await watch();
    feed.socket.pause();
    for (let n = 0; n < 200; n += 1) {
      // No more than is shown at a time: only slowness makes them be skipped.
      publish(200);
      await clock.advanceAsync(250);
    }
    feed.socket.resume();
    const accounted = () => feed.requests().length + feed.skipped();
    await expect.poll(() => clock.advanceAsync(250).then(accounted)).toBe(40_000);
    expect(feed.skipped()).toBeGreaterThan(0);
  });
});

describe('a watcher', () => {
  it('is told how many requests are open when it comes, and at most once a second when that changes', async () => {
    const { watch, state, clock } = await setUp();
    const feed = await watch();
    const told = () => feed.messages.map((message) => (message.type === 'open' ? message.requests : null));
    await expect.poll(told).toEqual([0]);
    state.open = 7;
    await clock.advanceAsync(750);
    state.open = 3;
    await clock.advanceAsync(250);
    await clock.advanceAsync(3000);
    await expect.poll(told).toEqual([0, 3]);
  });

  it('is pinged every 30 s, and cut off where it does not answer until the next time', async () => {
    const { watch, clock, url } = await setUp();
    const lively = await watch();
    const dead = await openLiveFeed(url, { autoPong: false });
    let pings = 0;
    lively.socket.on('ping', () => {
      pings += 1;
    });
    await clock.advanceAsync(30_000);
    await expect.poll(() => pings).toBe(1);
    await clock.advanceAsync(30_000);
    expect(await dead.closed).toBe(1006);
    expect(lively.socket.readyState).toBe(lively.socket.OPEN);
  });

  it('is closed within a second of the end of its session, others are not', async () => {
    const { watch, good, clock } = await setUp();
    const [a, b] = [await watch('a'), await watch('b')];
    good.delete('a');
    await clock.advanceAsync(1000);
    expect(await a.closed).toBe(1008);
    expect(b.socket.readyState).toBe(b.socket.OPEN);
  });

  it('is refused where a hundred watch already, until one of them leaves', async () => {
    const { watch } = await setUp();
    const all = await Promise.all(Array.from({ length: 100 }, () => watch()));
    const refused = await watch().catch((error: unknown) => error);
    if (!(refused instanceof LiveFeedRefusal)) throw new Error('was let in');
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '10']);
    await all[0]?.close();
    await watch();
  });

  it('that sends more than it has to say is cut off', async () => {
    const { watch } = await setUp();
    const feed = await watch();
    feed.socket.send('x'.repeat(2000));
    expect(await feed.closed).toBe(1009);
  });

  it('that does not answer the end is cut off, and nobody is let in after it', async () => {
    const { watch, sockets, clock } = await setUp();
    const feed = await watch();
    feed.socket.pause();
    const closed = sockets.close();
    await clock.advanceAsync(500);
    await closed;
    await expect(watch()).rejects.toMatchObject({ status: 503 });
    feed.socket.resume();
  });
});

describe('a request that asks for another protocol elsewhere', () => {
  it('is answered as if it had not asked', async () => {
    const { url } = await setUp();
    const asked = request(`${url}/elsewhere`, { headers: { connection: 'upgrade', upgrade: 'h2c' } }).end();
    // What `once` gives is what the event has.
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    expect(String(await response.toArray())).toBe('plain');
  });
});
