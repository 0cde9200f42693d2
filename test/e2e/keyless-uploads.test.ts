import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProxyKey } from '../../src-main/contract/document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type GeminiStandIn, startGemini } from '../support/stand-ins/gemini.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const ANN = 'pk-of-ann';
const BOB = 'pk-of-bob';
let gemini: GeminiStandIn;
let gateway: Gateway;

const documentWith = (annsKey: Partial<ProxyKey>) =>
  aDocument({
    users: { ann: aUser(), bob: aUser() },
    proxy_keys: { 'key-ann': aKey('ann', ANN, annsKey), 'key-bob': aKey('bob', BOB) },
    channels: { gemini: aChannel('gemini', gemini.url, gemini.apiKey) },
  });

beforeEach(async () => {
  gemini = cleanUp.closing(await startGemini());
  gateway = cleanUp.closing(await startGateway(documentWith({})));
});

/** Begins an upload of Ann's. @returns where its bytes go, as the gateway says */
async function beginUpload(): Promise<string> {
  const answer = await fetch(`${gateway.proxyUrl}/upload/v1beta/files`, {
    method: 'POST',
    headers: {
      'x-goog-api-key': ANN,
      'x-goog-upload-protocol': 'resumable',
      'x-goog-upload-command': 'start',
    },
    body: JSON.stringify({ file: { displayName: 'picture' } }),
  });
  expect(answer.status).toBe(200);
  return answer.headers.get('x-goog-upload-url') ?? '';
}

/** Sends the bytes as Google's Python SDK does: without a key, unless one is given. */
function sendBytes(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const command = { 'x-goog-upload-command': 'upload, finalize', 'x-goog-upload-offset': '0' };
  return fetch(url, { method: 'POST', headers: { ...command, ...headers }, body: 'some bytes' });
}

/** What Ann's key opens now. */
async function statusOfAnn(): Promise<number> {
  const models = await fetch(`${gateway.proxyUrl}/v1beta/models`, { headers: { 'x-goog-api-key': ANN } });
  return models.status;
}

describe('the bytes of an upload that was begun with a Proxy-Key', () => {
  it('arrive without one, under its user and with the key of the channel', async () => {
    const url = await beginUpload();
    expect(new URL(url).origin).toBe(gateway.proxyUrl);
    expect((await sendBytes(url)).status).toBe(200);
    expect(gemini.files).toMatchObject([{ name: 'picture', sizeBytes: 10 }]);
    expect(await gemini.requests[1]?.placesOf(gemini.apiKey)).toEqual(['header x-goog-api-key']);
    const [, line] = await gateway.lines(2);
    expect(line).toMatchObject({ user: 'ann', key_id: 'key-ann', channel: 'gemini', status: 200 });
    expect(line?.path).toBe('/upload/v1beta/files?upload_id=***&upload_protocol=resumable');
  });

  it('are refused once that key is disabled', async () => {
    const url = await beginUpload();
    await gateway.edit(documentWith({ status: 'disabled' }));
    await expect.poll(statusOfAnn).toBe(403);
    expect((await sendBytes(url)).status).toBe(403);
    expect(gemini.files).toEqual([]);
  });

  it('are refused once that key is gone', async () => {
    const url = await beginUpload();
    const { 'key-ann': annsKey, ...others } = documentWith({}).proxy_keys;
    expect(annsKey?.user).toBe('ann');
    await gateway.edit({ ...documentWith({}), proxy_keys: others });
    await expect.poll(statusOfAnn).toBe(401);
    expect((await sendBytes(url)).status).toBe(401);
    expect(gemini.files).toEqual([]);
  });

  it.each([
    ['an upload nobody began', (url: string) => url.replace(/upload_id=[^&]+/, 'upload_id=upload-9')],
    ['a second upload besides', (url: string) => `${url}&upload_id=upload-9`],
    ['a path that is no upload', (url: string) => url.replace('/upload/', '/')],
  ])('need a key for %s', async (_, spelled) => {
    const url = spelled(await beginUpload());
    expect((await sendBytes(url)).status).toBe(401);
    expect(gemini.requests).toHaveLength(1);
  });

  it("do not arrive under another user's key, or under a wrong one", async () => {
    const url = await beginUpload();
    expect((await sendBytes(url, { 'x-goog-api-key': BOB })).status).toBe(404);
    expect((await sendBytes(url, { 'x-goog-api-key': 'pk-unknown' })).status).toBe(401);
    expect(gemini.requests).toHaveLength(1);
  });
});
