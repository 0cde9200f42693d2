import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { answerTo, lineAt, rawRequest } from './front.ts';

const cleanUp = createCleanUp();
let gateway: Gateway;
let standIn: OpenAiStandIn;
let logged = 0;
beforeAll(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const users = ['one', 'two', 'three', 'four', 'five', 'six'];
  const document = aDocument({
    users: Object.fromEntries(users.map((user) => [user, aUser()])),
    proxy_keys: Object.fromEntries(users.map((user) => [`key-${user}`, aKey(user, `pk-${user}`)])),
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(cleanUp.run);

/** Every place at once, in the reverse of the order in which they count. */
const PLACES: readonly (readonly [user: string, header: string])[] = [
  ['five', 'Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.pk-five, other'],
  ['four', 'x-goog-api-key: pk-four'],
  ['three', 'api-key: pk-three'],
  ['two', 'x-api-key: pk-two'],
  ['one', 'Authorization: Bearer pk-one'],
];

const ask = (headers: readonly string[], path = '/v1/chat/x') =>
  answerTo(gateway.port, rawRequest([`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers]));

/** The request went to the platform as this user, with the channel's key and with no Proxy-Key in any place. */
async function expectServed(user: string): Promise<void> {
  const seen = await standIn.nextRequest();
  expect(await seen.placesOf(standIn.apiKey)).toEqual(['header authorization']);
  expect(await seen.placesOf('pk-')).toEqual([]);
  const line = await lineAt(gateway, logged++);
  expect(line).toMatchObject({ user, key_id: `key-${user}` });
  expect(JSON.stringify(line)).not.toContain('pk-');
}

async function expectRefused(headers: readonly string[], code: string, path?: string): Promise<void> {
  const before = standIn.requests.length;
  const answer = await ask(headers, path);
  expect(answer.status).toBe(401);
  expect(JSON.parse(answer.body).error.code).toBe(code);
  const line = await lineAt(gateway, logged++);
  expect(line).toMatchObject({ user: null, key_id: null, error_code: code, attempts: 0 });
  expect(answer.body + JSON.stringify(line)).not.toMatch(/pk-|channel-key/);
  expect(standIn.requests).toHaveLength(before);
}

describe('credentials in several places at once', () => {
  it.each(PLACES.map(([user], at) => [user, PLACES.slice(0, at + 1).map(([, header]) => header)] as const))(
    'count in the order of the design, and leave in no place: %s',
    async (user, headers) => {
      await ask(headers, '/v1/chat/x?key=pk-six');
      await expectServed(user);
    },
  );

  it('count in the query last, and only where the value is a known key or the path is of Gemini', async () => {
    await ask([], '/v1/chat/x?a=1&key=pk-six&b=2');
    expect(standIn.requests.at(-1)?.url).toBe('/v1/chat/x?a=1&b=2');
    await expectServed('six');
    await ask(['x-api-key: pk-two'], '/v1/chat/x?key=mine');
    expect(standIn.requests.at(-1)?.url).toBe('/v1/chat/x?key=mine');
    await expectServed('two');
    await ask(['x-api-key: pk-two'], '/v1beta/files?key=anything&k%65y=pk-one');
    expect(standIn.requests.at(-1)?.url).toBe('/v1beta/files');
    await expectServed('two');
  });

  it('take the first of two Authorization headers', async () => {
    await ask(['Authorization: Bearer pk-one', 'Authorization: Bearer pk-two']);
    await expectServed('one');
    await expectRefused(
      ['Authorization: Bearer pk-wrong', 'Authorization: Bearer pk-two'],
      'invalid_proxy_key',
    );
  });

  it('do not fall through to a later place where the first holds a wrong key', () =>
    expectRefused(['Authorization: Bearer pk-wrong', 'x-api-key: pk-two'], 'invalid_proxy_key'));

  it.each(['bearer pk-one', 'BEARER   pk-one', 'BeArEr \t pk-one  '])(
    'take the scheme in any case and any run of spaces: %s',
    async (value) => {
      await ask([`Authorization: ${value}`]);
      await expectServed('one');
    },
  );

  it('pass over an Authorization of another scheme, and strip it', async () => {
    await ask(['Authorization: Basic cGstb25lOg==', 'x-api-key: pk-two']);
    await expectServed('two');
  });
});

describe('a credential that is none', () => {
  it.each([
    ['nothing at all', [], 'missing_proxy_key'],
    ['an empty bearer', ['Authorization: Bearer'], 'missing_proxy_key'],
    ['a bearer of spaces', ['Authorization: Bearer    '], 'missing_proxy_key'],
    ['an empty x-api-key', ['x-api-key:'], 'missing_proxy_key'],
    ['another scheme', ['Authorization: Basic pk-one'], 'missing_proxy_key'],
    ['a key without scheme', ['Authorization: pk-one'], 'missing_proxy_key'],
    ['a key that is too long to be one', [`x-api-key: ${'k'.repeat(5000)}`], 'missing_proxy_key'],
    ['an unknown key', ['x-api-key: pk-none'], 'invalid_proxy_key'],
    ['a known key in another case', ['x-api-key: PK-ONE'], 'invalid_proxy_key'],
    ['a known key and more', ['x-api-key: pk-one, pk-two'], 'invalid_proxy_key'],
    ['a name of JavaScript', ['x-api-key: __proto__'], 'invalid_proxy_key'],
    ["the channel's own key", ['Authorization: Bearer channel-key-openai'], 'invalid_proxy_key'],
    ["the channel's own key in the query", [], 'invalid_proxy_key', '/v1/models?key=channel-key-openai'],
    ['a key that is not ASCII', ['x-api-key: pk-ключ-钥匙'], 'invalid_proxy_key'],
  ] as const)('is refused: %s', (_, headers, code, path?: string) => expectRefused(headers, code, path));
});
