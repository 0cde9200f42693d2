import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { type Front, KEY, servesAnn, startFront } from './front.ts';

const cleanUp = createCleanUp();
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
let front: Front;
beforeAll(async () => {
  front = await startFront(cleanUp);
  cleanUp.add(() => agent.destroy());
});
afterAll(cleanUp.run);

interface Refusal {
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
}

function tryKey(key: string): Promise<Refusal> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}` };
    const asked = request(
      { host: '127.0.0.1', port: front.gateway.port, path: '/v1/models', agent, headers },
      (answer) => {
        answer.resume();
        answer.once('end', () =>
          resolve({ status: answer.statusCode, retryAfter: answer.headers['retry-after'] }),
        );
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}

it('10,000 wrong keys from one address get 401, then 429, while a valid key from there goes on working', async () => {
  const refusals: Refusal[] = [];
  for (let round = 0; round < 100; round += 1) {
    refusals.push(
      ...(await Promise.all(Array.from({ length: 100 }, (_, at) => tryKey(`pk-guess-${round}-${at}`)))),
    );
    if (round % 25 === 0) expect(await servesAnn(front)).toBe(true);
  }
  const statuses = refusals.map(({ status }) => status);
  expect(statuses.indexOf(429)).toBe(100);
  expect(statuses.slice(0, 100).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(100).every((status) => status === 429)).toBe(true);
  expect(
    refusals.slice(100).every(({ retryAfter }) => Number(retryAfter) >= 1 && Number(retryAfter) <= 60),
  ).toBe(true);
  expect((await tryKey(KEY)).status).toBe(200);
  expect(front.standIn.requests).toHaveLength(5);
});

it('each of the wrong keys is in the log, under nobody, and none of them is written there', async () => {
  const lines = await front.gateway.lines(10_005);
  const refused = lines.filter(({ user }) => user === null);
  expect(refused.filter(({ error_code }) => error_code === 'invalid_proxy_key')).toHaveLength(100);
  expect(refused.filter(({ error_code }) => error_code === 'rate_limited')).toHaveLength(9_900);
  expect(JSON.stringify(lines)).not.toContain('pk-guess');
  expect(await front.gateway.stats()).toMatchObject({ total_requests: 10_005, successful_requests: 5 });
});
