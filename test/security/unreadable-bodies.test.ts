import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type LenientPlatform, startLenientPlatform } from '../support/lenient-platform.ts';
import { exchangeRaw } from '../support/raw-client.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let gateway: Gateway;
let platform: LenientPlatform;
let logged = 0;

beforeAll(async () => {
  platform = cleanUp.closing(await startLenientPlatform());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { free: aKey('ann', 'pk-free'), some: aKey('ann', 'pk-some', { models: ['cheap'] }) },
        channels: { only: aChannel('openai_compatible', platform.url, 'channel-key') },
      }),
    ),
  );
});
afterAll(cleanUp.run);
beforeEach(() => {
  platform.seen.length = 0;
});

const CHAT = '/v1/chat/completions';
const DEAR = '{"model":"dear","stream":true,"messages":[]}';
const CHEAP = DEAR.replace('dear', 'cheap');

/** On a raw socket, so that path and body arrive as they stand here. */
async function ask(key: string, body: string | Buffer, path = CHAT, type = 'application/json') {
  const bytes = Buffer.from(body);
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: ${type}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  const { answer } = await exchangeRaw(gateway.port, Buffer.concat([Buffer.from(head), bytes]));
  logged += 1;
  const line = (await gateway.lines(logged))[logged - 1];
  return { answer, line };
}

const utf32 = (text: string): Buffer => {
  const bytes = Buffer.alloc(4 * text.length);
  for (let at = 0; at < text.length; at += 1) bytes.writeUInt32LE(text.charCodeAt(at), 4 * at);
  return bytes;
};
const FORM = 'multipart/form-data; boundary=x';
const IN_PREAMBLE = `${DEAR}\r\n--x\r\nContent-Disposition: form-data; name="model"\r\n\r\ncheap\r\n--x--\r\n`;
const BODIES: [name: string, body: string | Buffer, type: string | undefined][] = (
  [
    ['stream: 1', DEAR.replace('true', '1')],
    ['stream: "yes"', DEAR.replace('true', '"yes"')],
    ['Stream', DEAR.replace('stream', 'Stream')],
    ['a long s', DEAR.replace('stream', '\u017ftream')],
    ['usage refused in another case', DEAR.replace('{', '{"Stream_Options":{"include_usage":false},')],
    ['usage refused within in another case', DEAR.replace('{', '{"stream_options":{"Include_Usage":false},')],
    ['a byte order mark', `\ufeff${DEAR}`],
    ['UTF-16', Buffer.from(DEAR, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(DEAR, 'utf16le').swap16()],
    ['UTF-32', utf32(DEAR)],
    ['text behind the JSON', `${DEAR}\ntext`],
    ['another object behind it', `${DEAR}${CHEAP}`],
    ['JSON called a form', DEAR, FORM],
    ['JSON as the preamble of a form', IN_PREAMBLE, FORM],
    ['an escaped member', DEAR.replace('stream', 'str\\u0065am')],
  ] as [string, string | Buffer, string?][]
).map(([name, body, type]) => [name, body, type]);

describe('a key that may use any model, with', () => {
  it.each(BODIES)('%s, is counted', async (_, body, type) => {
    const { line } = await ask('pk-free', body, CHAT, type);
    expect(line).toMatchObject({ outcome: 'success', model: 'dear', tokens_in: 100, tokens_out: 200 });
  });

  it.each([
    '/v1/chat%2Fcompletions',
    '/v1/chat%2fcompletions',
    '/V1/chat/completions',
    '/v1/CHAT/completions',
    '/v1/chat/Completions',
    '/v1/chat/completions;a=b',
    '/v1;a=b/chat/completions',
  ])('the path %s, is counted, and the path goes on as it came', async (path) => {
    const { line } = await ask('pk-free', DEAR, path);
    expect(line).toMatchObject({ endpoint: '/v1/chat/completions', model: 'dear', tokens_in: 100 });
    expect(platform.seen.map((each) => each.path)).toEqual([path]);
  });

  it('a body that nobody can read, is passed as it came', async () => {
    const { line } = await ask('pk-free', '[1,2');
    expect(line).toMatchObject({ outcome: 'success', model: null });
    expect(platform.seen.map(({ body }) => String(body))).toEqual(['[1,2']);
  });

  it.each(['/v1/messages/count_tokens', '/api/show', '/v1/moderations', '/v2/chat'])(
    'a request to %s, has its model in the log',
    async (path) => {
      expect((await ask('pk-free', DEAR, path)).line).toMatchObject({ model: 'dear' });
    },
  );
});

describe('a restricted key, with', () => {
  // What is told apart from the rest by its model alone is refused for that.
  it.each(BODIES)('%s, never reaches the platform with another model', async (_, body, type) => {
    const { answer } = await ask('pk-some', body, CHAT, type);
    expect([400, 403]).toContain(Number(answer.status));
    expect(JSON.parse(answer.body).error.message).not.toBe('');
    expect(platform.seen).toEqual([]);
  });

  it.each([
    ['/v1/chat%2Fcompletions', CHEAP, 200],
    ['/v1/chat%2Fcompletions', DEAR, 403],
    ['/openai/deployments%2Fdear/chat/completions', CHEAP, 403],
    ['/openai/deployments/cheap%2Fdear/chat/completions', CHEAP, 403],
    ['/v1/CHAT/completions', DEAR, 403],
    ['/v1/chat/completions;a=b', CHEAP, 400],
  ])('the path %s, is judged as it is decoded: %s → %i', async (path, body, status) => {
    expect((await ask('pk-some', body, path)).answer.status).toBe(status);
    expect(platform.seen.map((each) => each.path)).toEqual(status === 200 ? [path] : []);
  });

  it.each([
    ['JSON before the first part', IN_PREAMBLE],
    ['text behind the last part', `${IN_PREAMBLE.slice(DEAR.length + 2)}${DEAR}`],
  ])('a form with %s, is refused where forms are taken', async (_, body) => {
    expect((await ask('pk-some', body, '/v1/audio/transcriptions', FORM)).answer.status).toBe(400);
    expect(platform.seen).toEqual([]);
  });
});
