import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { rawJsonAnswer } from '../support/raw-answers.ts';
import type { RawScript } from '../support/raw-upstream.ts';
import { KEY, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** Answers the first request of a connection, and breaks it when the second one has come: the race, lost each time. */
function closingIdle(arrived: string[], how: 'end' | 'reset'): RawScript {
  return async (connection) => {
    arrived.push(await connection.request());
    connection.send(rawJsonAnswer({ ok: true }));
    arrived.push(await connection.request());
    connection[how]();
  };
}

/** Answers one request of each connection and closes it while the next may already be on its way. */
function closingAtOnce(arrived: string[]): RawScript {
  return async (connection) => {
    arrived.push(await connection.request());
    connection.send(rawJsonAnswer({ ok: true }));
    connection.end();
    arrived.push(await connection.request());
  };
}

const post = async (url: string, id: string): Promise<number> => {
  const headers = { authorization: `Bearer ${KEY}`, 'x-post': id };
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: '{"model":"m"}',
  });
  await answer.arrayBuffer();
  return answer.status;
};

const timesOf = (arrived: readonly string[], id: string): number =>
  arrived.filter((request) => request.includes(`x-post: ${id}\r\n`)).length;

describe('a kept connection that the platform closes just as a request is sent', () => {
  it.each(['end', 'reset'] as const)('makes each POST arrive at most once: %s', async (how) => {
    const arrived: string[] = [];
    const { gateway } = await startBehind(cleanUp, closingIdle(arrived, how));
    const statuses: number[] = [];
    for (let at = 0; at < 6; at += 1) statuses.push(await post(gateway.proxyUrl, `p${at}`));
    expect(statuses).toEqual([200, 502, 200, 502, 200, 502]);
    for (let at = 0; at < 6; at += 1) expect(timesOf(arrived, `p${at}`)).toBe(1);
    expect((await gateway.lines(6)).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('makes a POST arrive twice only where max_retries says so', async () => {
    const arrived: string[] = [];
    const { gateway } = await startBehind(cleanUp, closingIdle(arrived, 'reset'), { max_retries: 1 });
    expect([await post(gateway.proxyUrl, 'p0'), await post(gateway.proxyUrl, 'p1')]).toEqual([200, 200]);
    expect([timesOf(arrived, 'p0'), timesOf(arrived, 'p1')]).toEqual([1, 2]);
    expect((await gateway.lines(2)).map(({ attempts, outcome }) => [attempts, outcome])).toEqual([
      [1, 'success'],
      [2, 'success'],
    ]);
  });

  it('loses or repeats nothing where a hundred race with the close', async () => {
    const arrived: string[] = [];
    const { gateway } = await startBehind(cleanUp, closingAtOnce(arrived));
    const statuses: number[] = [];
    for (let at = 0; at < 100; at += 1) statuses.push(await post(gateway.proxyUrl, `q${at}.`));
    for (const [at, status] of statuses.entries()) {
      const times = timesOf(arrived, `q${at}.`);
      expect(times, `times that request ${at} arrived`).toBeLessThanOrEqual(1);
      if (status === 200) expect(times).toBe(1);
      else expect(status).toBe(502);
    }
    expect((await gateway.lines(100)).length).toBe(100);
  });
});

describe('an early answer', () => {
  const upload = async (url: string): Promise<Response> =>
    fetch(`${url}/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}` },
      body: new Uint8Array(8 * 1024 * 1024),
    });

  it('that is lost to the reset behind it gives 502', async () => {
    const { gateway } = await startBehind(cleanUp, async (connection) => {
      await connection.until('\r\n\r\n');
      connection.reset();
    });
    expect((await upload(gateway.proxyUrl)).status).toBe(502);
    expect((await gateway.lines(1))[0]).toMatchObject({ status: 502, outcome: 'platform_error' });
  });

  it('reaches the client although its upload is not over', async () => {
    const { gateway } = await startBehind(cleanUp, async (connection) => {
      await connection.until('\r\n\r\n');
      connection.pause();
      connection.send(rawJsonAnswer({ error: { message: 'too large', code: 'file_too_large' } }, 413));
    });
    const answer = await upload(gateway.proxyUrl);
    expect([answer.status, await answer.json()]).toMatchObject([413, { error: { code: 'file_too_large' } }]);
    expect((await gateway.lines(1))[0]).toMatchObject({
      status: 413,
      outcome: 'client_error',
      error_code: 'file_too_large',
    });
  });
});
