import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { answerTo, type Front, KEY, rawRequest, startFront } from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
beforeAll(async () => {
  front = await startFront(cleanUp);
});
afterAll(cleanUp.run);

const GOOD = ['Host: localhost', `Authorization: Bearer ${KEY}`];

/** What the platform got of a request that names the Proxy-Key in one more place. */
async function seen(target: string, ...headers: readonly string[]) {
  const { gateway, standIn } = front;
  const answer = await answerTo(gateway.port, rawRequest([`GET ${target} HTTP/1.1`, ...GOOD, ...headers]));
  expect(answer.status).toBe(200);
  const request = await standIn.nextRequest();
  expect(await request.placesOf(KEY)).toEqual([]);
  expect(await request.placesOf(standIn.apiKey)).toEqual(['header authorization']);
  return request;
}

describe('a Proxy-Key that stands where none belongs', () => {
  it.each([
    `Key=${KEY}`,
    `api_key=${KEY}`,
    `access_token=${KEY}`,
    `x=1;key=${KEY}`,
    `key[]=${KEY}`,
    `key=${KEY}%`,
    `%4bey=${KEY.replace('-', '%2d')}`,
    `x=${KEY.replaceAll('-', '%2D')}%zz`,
  ])('leaves in no member of the query, and the rest of it stays: %s', async (member) => {
    const { url } = await seen(`/v1/models?a=b%2Fc&${member}`);
    expect(url).toBe('/v1/models?a=b%2Fc');
  });

  it.each([
    `x_api_key: ${KEY}`,
    `Ocp-Apim-Subscription-Key: ${KEY}`,
    'Ocp-Apim-Subscription-Key: another',
    `Cookie: session=${KEY}`,
    `Referer: http://localhost/v1beta/x?key=${KEY}`,
    `X-Auth-Token: Bearer ${KEY}`,
    `openai-api-key: ${KEY}`,
    'Via: 1.1 front',
  ])('takes the header with it: %s', async (header) => {
    const request = await seen('/v1/models', header, 'X-Kept: yes', 'Cookie: theme=dark');
    expect(request.header('x-kept')).toEqual(['yes']);
    expect(request.header('cookie')).toEqual(['theme=dark']);
    if (!header.startsWith('Cookie')) expect(request.header(header.split(':')[0] ?? '')).toEqual([]);
  });

  it('leaves in no subprotocol, however its prefix is written', async () => {
    const request = await seen(
      '/v1/models',
      `Sec-WebSocket-Protocol: realtime, OpenAI-Insecure-API-Key.${KEY}`,
    );
    expect(request.header('sec-websocket-protocol')).toEqual(['realtime']);
  });
});
