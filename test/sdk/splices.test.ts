import OpenAI, { AuthenticationError } from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import type { SeenRequest } from '../support/seen-request.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { replyTo } from '../support/stand-ins/reply.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** A key for a channel whose model names are mapped, and one for a channel without such a map. */
const KEY = 'pk-of-someone';
const UNMAPPED_KEY = 'pk-unmapped';
const PROMPT = 'Which bytes may change?';

const cleanUp = createCleanUp();
let standIn: OpenAiStandIn;
let gateway: Gateway;
beforeAll(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { someone: aUser() },
    proxy_keys: {
      key: aKey('someone', KEY, { channels: [{ id: 'openai' }] }),
      unmapped: aKey('someone', UNMAPPED_KEY, { channels: [{ id: 'unmapped' }] }),
    },
    channels: {
      openai: aChannel('openai', standIn.url, standIn.apiKey, { model_map: { 'my-alias': 'gpt-stand-in' } }),
      unmapped: aChannel('openai', standIn.url, standIn.apiKey),
    },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
beforeEach(() => standIn.passOver());
afterAll(cleanUp.run);

/** Sends a body exactly as it is written here. */
function post(body: string, key = KEY): Promise<Response> {
  return fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body,
  });
}

const client = () => new OpenAI({ baseURL: `${gateway.proxyUrl}/v1`, apiKey: KEY, maxRetries: 0 });
const messages = [{ role: 'user' as const, content: PROMPT }];
const textOf = async (seen: SeenRequest): Promise<string> => String((await seen.body).bytes);

/** JSON that no serialiser would write: spaces, odd numbers, escapes, members nobody knows. */
const odd = (model: string, more = ''): string =>
  `{ "seed":1.50e2 ,\n\t"model" : ${model},${more} "messages":[{"role":"user","content":"\\u0048i \\/ 😀"}],"x":{"model":"my-alias"} }`;

describe('a body on its way to the platform', () => {
  it('changes in the name of a mapped model and nowhere else', async () => {
    const answer = await post(odd('"my-\\u0061lias"'));
    expect(await answer.json()).toMatchObject({ model: 'my-alias' });
    expect(await textOf(await standIn.nextRequest())).toBe(odd('"gpt-stand-in"'));
  });

  it('gets the usage asked for in front of everything else', async () => {
    await (await post(odd('"gpt-stand-in"', '"stream":true,'))).text();
    const sent = odd('"gpt-stand-in"', '"stream":true,');
    const asked = '"stream_options":{"include_usage":true},';
    expect(await textOf(await standIn.nextRequest())).toBe(`{${asked}${sent.slice(1)}`);
  });

  it('keeps the other stream options of the client', async () => {
    const options = (more: string) =>
      odd('"gpt-stand-in"', `"stream":true,"stream_options":{"include_obfuscation":false${more}},`);
    await (await post(options(''))).text();
    expect(await textOf(await standIn.nextRequest())).toBe(options(',"include_usage":true'));
  });

  it('stays as it is where it is no JSON object and nothing is to be read in it', async () => {
    for (const body of ['[1,2]', 'not json', '']) {
      const answer = await post(body, UNMAPPED_KEY);
      expect([answer.status, answer.headers.get('x-aiproxy-error-source')]).toEqual([400, 'platform']);
      expect(await textOf(await standIn.nextRequest())).toBe(body);
    }
  });
});

describe('an answer on its way to the client', () => {
  it('names the model that was asked for, in every event of a stream', async () => {
    const stream = await client().chat.completions.create({ model: 'my-alias', messages, stream: true });
    const models = new Set<string>();
    let text = '';
    for await (const chunk of stream) {
      models.add(chunk.model);
      text += chunk.choices[0]?.delta.content ?? '';
    }
    expect([...models]).toEqual(['my-alias']);
    expect(text).toBe(replyTo(PROMPT).text);
  });

  it('passes coded, and its usage is counted all the same', async () => {
    const before = (await gateway.stats()).total_requests;
    const completion = await client().chat.completions.create({ model: 'gzip-stand-in', messages });
    expect(completion.choices[0]?.message.content).toBe(replyTo(PROMPT).text);
    const line = (await gateway.lines(before + 1)).at(-1);
    const seen = await standIn.nextRequest();
    expect(line).toMatchObject({ ...seen.answered.usage, bytes_out: seen.answered.bytes });
  });

  it('shows of a key that the platform echoes no more than its last four characters', async () => {
    const before = (await gateway.stats()).total_requests;
    const failure: unknown = await client()
      .chat.completions.create({ model: 'error-401-echo', messages })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AuthenticationError);
    expect(String(failure)).toMatch(/Your key is \S*enai, isn't it\?/);
    const longer = standIn.apiKey.slice(-5);
    expect(String(failure)).not.toContain(longer);
    expect((await gateway.lines(before + 1)).at(-1)?.error_message).toMatch(/Your key is [^o]*enai,/);
  });
});
