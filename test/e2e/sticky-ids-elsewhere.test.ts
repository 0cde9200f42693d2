import { once } from 'node:events';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import type { StandIn } from '../support/stand-in.ts';
import { type Making, startIdMaker } from '../support/stand-ins/id-maker.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const TIMES = 8;
const ANN = { authorization: 'Bearer pk-of-ann' };
const BOB = { authorization: 'Bearer pk-of-bob' };

/** Two channels of equal weight to platforms that make things in this way. */
async function start(platform: string, making: Making): Promise<{ gateway: Gateway; west: StandIn }> {
  const west = cleanUp.closing(await startIdMaker('west', making));
  const east = cleanUp.closing(await startIdMaker('east', making));
  const equal = { priority: 1, weight: 1 };
  const document = aDocument({
    users: { ann: aUser(), bob: aUser() },
    proxy_keys: { 'key-ann': aKey('ann', 'pk-of-ann'), 'key-bob': aKey('bob', 'pk-of-bob') },
    channels: {
      west: aChannel(platform, west.url, west.apiKey, equal),
      east: aChannel(platform, east.url, east.apiKey, equal),
    },
  });
  return { gateway: cleanUp.closing(await startGateway(document)), west };
}

const json = { 'content-type': 'application/json' };
const post = (gateway: Gateway, path: string, headers: Record<string, string>, body: string) =>
  fetch(`${gateway.proxyUrl}${path}`, { method: 'POST', headers: { ...json, ...headers }, body });
const get = (gateway: Gateway, path: string, headers = ANN) =>
  fetch(`${gateway.proxyUrl}${path}`, { headers });

describe('a task of DashScope', () => {
  const task: Making = ({ answer }, id) =>
    answer.json(200, { output: { task_status: 'PENDING', task_id: id }, request_id: 'r' });
  const service = '/api/v1/services/aigc/text2image/image-synthesis';

  it('is asked for where it was made, and only by whom it was made for', async () => {
    const { gateway } = await start('dashscope', task);
    for (let time = 0; time < TIMES; time += 1) {
      const headers = { ...ANN, 'x-dashscope-async': 'enable' };
      const made = await post(gateway, service, headers, '{"model":"wanx","input":{}}');
      const { output } = (await made.json()) as { output: { task_id: string } };
      const path = `/api/v1/tasks/${output.task_id}`;
      expect((await get(gateway, path)).status).toBe(200);
      const refused = await get(gateway, path, BOB);
      expect(refused.status).toBe(404);
      expect(await refused.json()).toMatchObject({
        code: expect.any(String),
        request_id: expect.any(String),
      });
    }
  });
});

it('a call of the Realtime API is known by the Location of its answer', async () => {
  const { gateway } = await start('openai', ({ answer }, id) =>
    answer.send(201, 'v=0', { 'content-type': 'application/sdp', location: `/v1/realtime/calls/${id}` }),
  );
  for (let time = 0; time < TIMES; time += 1) {
    const made = await post(gateway, '/v1/realtime/calls', ANN, 'v=0');
    expect((await get(gateway, made.headers.get('location') ?? '')).status).toBe(200);
  }
});

it('an id is read from a coded answer, which stays coded', async () => {
  const { gateway } = await start('openai', ({ answer }, id) =>
    answer.send(200, gzipSync(JSON.stringify({ id })), { ...json, 'content-encoding': 'gzip' }),
  );
  for (let time = 0; time < TIMES; time += 1) {
    const made = await post(gateway, '/v1/conversations', ANN, '{}');
    const { id } = (await made.json()) as { id: string };
    expect((await get(gateway, `/v1/conversations/${id}`)).status).toBe(200);
  }
});

describe('the body of a request', () => {
  const object: Making = ({ answer }, id) => answer.json(200, { id });

  it('that comes in chunks is read for the ids it names', async () => {
    const { gateway } = await start('openai', object);
    const file = await post(gateway, '/v1/files', ANN, '{}');
    const { id } = (await file.json()) as { id: string };
    const sending = request(`${gateway.proxyUrl}/v1/batches`, {
      method: 'POST',
      headers: { ...BOB, ...json },
    });
    sending.write('{"input_file_id":');
    sending.end(JSON.stringify(id).concat('}'));
    const [response] = await once(sending, 'response');
    response.resume();
    expect(sending.getHeader('content-length')).toBeUndefined();
    expect(response.statusCode).toBe(404);
  });

  it('that is a large upload is not held until it is whole', async () => {
    const { gateway, west } = await start('openai', object);
    const length = 4 * 1024 * 1024;
    const sending = request(`${gateway.proxyUrl}/v1/files`, {
      method: 'POST',
      headers: {
        ...ANN,
        'x-aiproxy-channel': 'west',
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': length,
      },
    });
    sending.write(Buffer.alloc(length / 2, 'x'));
    expect((await west.nextRequest()).path).toBe('/v1/files');
    sending.end(Buffer.alloc(length / 2, 'x'));
    const [response] = await once(sending, 'response');
    response.resume();
    expect(response.statusCode).toBe(200);
  });
});

it('a body that names more conversations than can be looked at is refused, whosever they are', async () => {
  const { gateway } = await start('openai', ({ answer }, id) => answer.json(200, { id }));
  const made = await post(gateway, '/v1/conversations', ANN, '{}');
  const { id } = (await made.json()) as { id: string };
  const naming = (before: number) =>
    `{"model":"m",${'"conversation":"x",'.repeat(before)}"conversation":${JSON.stringify(id)}}`;
  expect((await post(gateway, '/v1/responses', BOB, naming(0))).status).toBe(404);
  expect((await post(gateway, '/v1/responses', BOB, naming(64))).status).toBe(400);
});
