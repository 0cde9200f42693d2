import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoPlatform, startDemoPlatform } from '../../src-main/adapters/demo-platform.ts';
import { DEMO_API_KEY } from '../../src-main/core/demo.ts';

let platform: DemoPlatform;
let client: OpenAI;

beforeAll(async () => {
  platform = await startDemoPlatform();
  client = new OpenAI({ baseURL: `${platform.url}/v1`, apiKey: DEMO_API_KEY, maxRetries: 0 });
});

afterAll(() => platform.close());

const headers = { authorization: `Bearer ${DEMO_API_KEY}` };

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const messages = [
  { role: 'system' as const, content: 'Be brief.' },
  { role: 'user' as const, content: 'Good morning, 世界' },
];

describe('the demo platform’s chat', () => {
  test('answers a chat with what was said and counts the tokens', async () => {
    const answer = await client.chat.completions.create({ model: 'demo', messages });
    expect(answer.choices[0]?.message.content).toContain('You said: Good morning, 世界');
    const { prompt_tokens, completion_tokens, total_tokens } = answer.usage ?? {};
    expect(prompt_tokens).toBe(7);
    expect(completion_tokens).toBeGreaterThan(10);
    expect(total_tokens).toBe(7 + (completion_tokens ?? 0));
  });

  test('streams the same words, with usage where it is asked for', async () => {
    const whole = await client.chat.completions.create({ model: 'demo', messages });
    const stream = await client.chat.completions.create({
      model: 'demo',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(
      whole.choices[0]?.message.content,
    );
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
  });

  test('streams no usage where it is not asked for', async () => {
    const stream = await client.chat.completions.create({ model: 'demo', messages, stream: true });
    const chunks = await collect(stream);
    expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
  });

  test('reads text out of content parts', async () => {
    const content = [{ type: 'text' as const, text: 'in parts' }];
    const answer = await client.chat.completions.create({
      model: 'demo',
      messages: [{ role: 'user', content }],
    });
    expect(answer.choices[0]?.message.content).toContain('You said: in parts');
  });
});

describe('the demo platform', () => {
  test('embeds each text as a vector of length 1, the same in both encodings', async () => {
    const input = ['one', 'two'];
    const packed = await client.embeddings.create({ model: 'demo-embedding', input, dimensions: 16 });
    const plain = await client.embeddings.create({
      model: 'demo-embedding',
      input,
      dimensions: 16,
      encoding_format: 'float',
    });
    expect(packed.data.map(({ embedding }) => embedding)).toEqual(
      plain.data.map(({ embedding }) => embedding),
    );
    expect(Math.hypot(...(plain.data[0]?.embedding ?? []))).toBeCloseTo(1, 5);
    expect(plain.data[0]?.embedding).not.toEqual(plain.data[1]?.embedding);
    expect(packed.usage.total_tokens).toBe(2);
  });

  test('takes a list of token numbers as one input', async () => {
    const answer = await client.embeddings.create({ model: 'demo-embedding', input: [1, 2, 3] });
    expect(answer.data).toHaveLength(1);
  });

  test('lists its models', async () => {
    const models = await collect(client.models.list());
    expect(models.map(({ id }) => id)).toEqual(['demo', 'demo-embedding']);
    expect((await client.models.retrieve('demo')).id).toBe('demo');
  });

  test('refuses any key but the channel’s', async () => {
    const stranger = new OpenAI({ baseURL: `${platform.url}/v1`, apiKey: 'pk-demo', maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toBeInstanceOf(AuthenticationError);
  });

  test('refuses what it does not have and what it cannot read', async () => {
    await expect(client.models.retrieve('gpt-none')).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.chat.completions.create({ model: 'demo', messages: [] })).rejects.toBeInstanceOf(
      BadRequestError,
    );
  });

  test('says in one plain line what is wrong with a body', async () => {
    const messageFor = async (body: string) => {
      const response = await fetch(`${platform.url}/v1/chat/completions`, { method: 'POST', headers, body });
      const { error } = await response.json();
      return [response.status, error.message];
    };
    expect(await messageFor('{"model":"demo","messages":[]}')).toEqual([
      400,
      expect.stringMatching(/^messages: Too small[^\n✖→]*$/),
    ]);
    expect(await messageFor('[]')).toEqual([400, expect.stringMatching(/^Invalid input: expected object/)]);
  });

  test('refuses what is not JSON, and what is too large', async () => {
    const broken = await fetch(`${platform.url}/v1/chat/completions`, { method: 'POST', headers, body: '{' });
    expect(broken.status).toBe(400);
    const huge = await fetch(`${platform.url}/v1/embeddings`, {
      method: 'POST',
      headers,
      body: 'x'.repeat(9 << 20),
    });
    expect(huge.status).toBe(413);
  });
});
