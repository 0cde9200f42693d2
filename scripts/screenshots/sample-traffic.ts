import { keyOf } from './sample-company.ts';

const EVERY_MS = 180;

interface Call {
  readonly path: string;
  readonly key: string;
  readonly body: object;
}

const messages = [{ role: 'user', content: 'Tell me about the weather.' }];
const chat = (user: string, model: string, stream = true): Call => ({
  path: '/v1/chat/completions',
  key: keyOf(user),
  body: { model, messages, stream },
});

/** What is asked, over and over: mostly well, now and then not. */
const CALLS: readonly Call[] = [
  chat('ann', 'gpt-4o-mini'),
  chat('ben', 'gpt-4o', false),
  chat('cho', 'qwen-plus'),
  {
    path: '/v1/messages',
    key: keyOf('dora'),
    body: { model: 'claude-sonnet-4-6', max_tokens: 100, messages },
  },
  chat('emil', 'gpt-4o-mini', false),
  chat('ann', 'gpt-4o'),
  chat('fay', 'qwen-plus', false),
  {
    path: '/v1beta/models/gemini-2.5-flash:generateContent',
    key: keyOf('hana'),
    body: { contents: [{ role: 'user', parts: [{ text: 'Tell me about the weather.' }] }] },
  },
  chat('kim', 'gpt-4o-mini'),
  chat('ann', 'gpt-4o', false),
  chat('cho', 'gpt-4o-mini'),
  chat('ben', 'error-429', false),
  chat('dora', 'qwen-plus'),
  chat('jun', 'gpt-4o', false),
  chat('nobody', 'gpt-4o', false),
];

async function send(proxyUrl: string, { path, key, body }: Call): Promise<void> {
  const response = await fetch(`${proxyUrl}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(path === '/v1/messages' ? { 'anthropic-version': '2023-06-01' } : {}),
    },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
}

/** Sends real requests, so that something happens in the pictures. @returns a function that ends it */
export function sampleTraffic(proxyUrl: string): () => Promise<void> {
  let isOver = false;
  const work = async (): Promise<void> => {
    for (let number = 0; !isOver; number += 1) {
      const call = CALLS[number % CALLS.length];
      if (call !== undefined) await send(proxyUrl, call);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  };
  const done = work();
  return async () => {
    isOver = true;
    await done;
  };
}
