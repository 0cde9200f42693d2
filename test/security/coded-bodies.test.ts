import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { LENIENT_USAGE, type LenientPlatform, startLenientPlatform } from '../support/lenient-platform.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let platform: LenientPlatform;
let gateway: Gateway;
let logged = 0;
beforeAll(async () => {
  platform = cleanUp.closing(await startLenientPlatform());
  const channel = (models?: string[]) =>
    aChannel('openai_compatible', platform.url, 'channel-key', models === undefined ? {} : { models });
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: {
          free: aKey('ann', 'pk-free', { channels: [{ id: 'plain' }] }),
          some: aKey('ann', 'pk-some', { models: ['cheap'], channels: [{ id: 'plain' }] }),
          routed: aKey('ann', 'pk-routed'),
        },
        channels: { plain: channel(), listing: channel(['cheap']) },
      }),
    ),
  );
});
afterAll(cleanUp.run);
beforeEach(() => {
  platform.seen.length = 0;
});

const CHAT = '/v1/chat/completions';
const body = (model: string, more: object = {}): Buffer =>
  Buffer.from(JSON.stringify({ model, messages: [], ...more }));

async function ask(key: string, coding: string, bytes: Uint8Array<ArrayBuffer>, path = CHAT) {
  const answer = await fetch(`${gateway.proxyUrl}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-encoding': coding,
    },
    body: bytes,
  });
  const text = await answer.text();
  logged += 1;
  return { status: answer.status, text, line: (await gateway.lines(logged))[logged - 1] };
}

const twice = (bytes: Buffer): Buffer => gzipSync(brotliCompressSync(bytes));
const CODINGS: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['br, gzip', twice],
  ['identity, GZIP', gzipSync],
];
const own = (bytes: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

describe.each(CODINGS)('a body in %s', (coding, encode) => {
  it('goes on as it came where nothing changes, its model in the log', async () => {
    const sent = own(encode(body('dear')));
    const { line } = await ask('pk-free', coding, sent);
    expect(line).toMatchObject({ outcome: 'success', model: 'dear' });
    expect(platform.seen[0]?.headers['content-encoding']).toBe(coding);
    expect(platform.seen[0]?.body.equals(sent)).toBe(true);
  });

  it('goes on plain where the usage of its stream is asked for', async () => {
    const { line, text } = await ask('pk-free', coding, own(encode(body('dear', { stream: true }))));
    expect(line).toMatchObject({ model: 'dear', ...LENIENT_USAGE });
    expect(text).not.toContain('prompt_tokens');
    expect(platform.seen[0]?.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(String(platform.seen[0]?.body))).toEqual({
      stream_options: { include_usage: true },
      model: 'dear',
      messages: [],
      stream: true,
    });
  });

  it('is judged by the model in it', async () => {
    expect((await ask('pk-some', coding, own(encode(body('dear'))))).status).toBe(403);
    expect((await ask('pk-some', coding, own(encode(body('cheap'))))).status).toBe(200);
    expect(platform.seen).toHaveLength(1);
  });

  it('is routed by the model in it, and read for ids', async () => {
    const { line } = await ask(
      'pk-routed',
      coding,
      own(encode(body('cheap', { input: 'x' }))),
      '/v1/responses',
    );
    expect(line).toMatchObject({ model: 'cheap', channel: 'listing' });
  });
});

const BOMB = own(gzipSync(Buffer.alloc(40 * 1024 * 1024, ' ')));
const CUT = own(gzipSync(body('cheap')).subarray(0, -9));

describe('a coded body that cannot be read', () => {
  it.each([
    ['a bomb', 'gzip', BOMB, 413],
    ['garbage', 'gzip', own(body('cheap')), 400],
    ['a body that is cut off', 'gzip', CUT, 400],
    ['an unknown coding', 'lz4', own(body('cheap')), 400],
    ['too many codings', 'gzip, gzip, gzip', own(gzipSync(gzipSync(gzipSync(body('cheap'))))), 400],
    ['the wrong coding', 'br', own(gzipSync(body('cheap'))), 400],
  ])('is refused to a restricted key: %s', async (_, coding, bytes, status) => {
    const answer = await ask('pk-some', coding, bytes);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).error.message).toMatch(/body/);
    expect(platform.seen).toEqual([]);
  });

  it.each([
    ['a bomb', 'gzip', BOMB, null],
    ['a body that is cut off', 'gzip', CUT, null],
    ['a body that is not coded at all', 'gzip', own(body('dear')), 'dear'],
    ['an unknown coding', 'lz4', own(gzipSync(body('dear'))), null],
  ])('passes as it came for any other key: %s', async (_, coding, bytes, model) => {
    expect((await ask('pk-free', coding, bytes)).line).toMatchObject({ outcome: 'success', model });
    expect(platform.seen[0]?.body.equals(bytes)).toBe(true);
  });
});
