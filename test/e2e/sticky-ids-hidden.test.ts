import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import type { StandIn } from '../support/stand-in.ts';
import { startIdMaker } from '../support/stand-ins/id-maker.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let gateway: Gateway;
let west: StandIn;
/** Ann's. */
let file = '';
beforeAll(async () => {
  west = cleanUp.closing(await startIdMaker('west', ({ answer }, id) => answer.json(200, { id })));
  const document = aDocument({
    users: { ann: aUser(), bob: aUser() },
    proxy_keys: { 'key-ann': aKey('ann', 'pk-of-ann'), 'key-bob': aKey('bob', 'pk-of-bob') },
    channels: { west: aChannel('openai', west.url, west.apiKey) },
  });
  gateway = cleanUp.closing(await startGateway(document));
  const init = { method: 'POST', headers: { authorization: 'Bearer pk-of-ann' }, body: '{}' };
  const made = await fetch(`${gateway.proxyUrl}/v1/files`, init);
  file = ((await made.json()) as { id: string }).id;
});
afterAll(cleanUp.run);

type Body = string | Uint8Array;

/** By `node:http`, which sends the path as it stands here. */
function statusOf(user: string, method: string, path: string, body: Body, headers = {}): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const { hostname, port } = new URL(gateway.proxyUrl);
  const all = { authorization: `Bearer pk-of-${user}`, 'content-type': 'application/json', ...headers };
  const sending = request({ hostname, port, path, method, headers: all, agent: false }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  sending.on('error', reject);
  sending.end(body);
  return promise;
}

async function refused(status: Promise<number>, expected: number): Promise<void> {
  const before = west.requests.length;
  expect(await status).toBe(expected);
  expect(west.requests.length).toBe(before);
}

describe("another user's file is not found under any spelling", () => {
  it.each([
    ['as it is', (id: string) => `/v1/files/${id}`],
    ['an encoded dash', (id: string) => `/v1/files/${id.replace('-', '%2D')}`],
    ['an encoded collection', (id: string) => `/v1/%66iles/${id}/content`],
    ['an encoded slash behind', (id: string) => `/v1/files/${id}%2Fcontent`],
    ['an encoded slash before', (id: string) => `/v1/files%2F${id}`],
    ['another case', (id: string) => `/v1/Files/${id}/content`],
    ['a path parameter', (id: string) => `/v1/files/${id};x`],
    ['a space', (id: string) => `/v1/files/${id}%20`],
    ['a slash at the end', (id: string) => `/v1/files/${id}/`],
  ])('%s', (_, path) => refused(statusOf('bob', 'GET', path(file), ''), 404));
});

describe("a body that may hide another user's file is refused", () => {
  const names = (): string => JSON.stringify({ input_file_id: file });
  const post = (body: Body, headers = {}): Promise<number> =>
    statusOf('bob', 'POST', '/v1/batches', body, headers);

  it('where it begins with a byte order mark', () => refused(post(`\uFEFF${names()}`), 404));
  it('where it is encoded', () =>
    refused(post(new Uint8Array(gzipSync(names())), { 'content-encoding': 'gzip' }), 404));
  it('where it is said to be encoded and is not', () =>
    refused(post(names(), { 'content-encoding': 'gzip' }), 400));
  it('where it is large and not called JSON', () => {
    const body = names().replace('{', `{${' '.repeat(1_100_000)}`);
    return refused(post(body, { 'content-type': 'text/plain' }), 400);
  });
  it('where its list is padded', () => {
    const body = `{"file_ids":[${' '.repeat(17_000)}"${file}"]}`;
    return refused(statusOf('bob', 'POST', '/v1/vector_stores', body), 404);
  });
});

it('the owner reaches the file under a needless encoding too', async () => {
  expect(await statusOf('ann', 'GET', `/v1/files/${file.replace('-', '%2D')}`, '')).toBe(404);
  expect(west.requests.at(-1)?.path).toBe(`/v1/files/${file.replace('-', '%2D')}`);
});
