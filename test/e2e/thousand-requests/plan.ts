import type { ErrorCode } from '../../../src-main/contract/errors.ts';
import type { Outcome } from '../../../src-main/contract/request-record.ts';
import { type ChannelId, FIRST_DISABLED, keyOf, openAiOf, userId } from './setting.ts';

/** One request that a client is going to make, and how it must end. */
export interface Planned {
  /** Travels in the header `x-test-number`, so that the platform's view can be found. */
  readonly number: number;
  readonly kind: Kind;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Sent in chunks, without a length. */
  readonly chunked: boolean;
  /** The client leaves after so many pieces of the stream, or before the answer begins. */
  readonly leavesAfter: number | null;
  readonly expected: {
    readonly user: string | null;
    readonly channel: ChannelId | null;
    readonly status: number;
    readonly outcome: Outcome;
    readonly code: ErrorCode | null;
    /** Whether the body is read: a refusal by key or user comes before that, and costs nothing. */
    readonly bodyRead: boolean;
    /** The gateway asks for the usage in the client's place. */
    readonly usageAskedFor: boolean;
  };
}

const CHAT = '/v1/chat/completions';
const GENERATION = '/api/v1/services/aigc/text-generation/generation';
const UPLOAD_BYTES = 1_400_000;

type Draft = Partial<Omit<Planned, 'expected' | 'body'>> & {
  readonly json?: object;
  readonly body?: Buffer;
  readonly expected?: Partial<Planned['expected']>;
};

const prompt = (number: number): string =>
  `Request ${number} asks ${'for one more word '.repeat(number % 7)}and then ends: 你好`;
const messages = (number: number): object[] => [{ role: 'user', content: prompt(number) }];
const chat = (number: number, model: string, more: object = {}): object => ({
  model,
  messages: messages(number),
  ...more,
});
const claude = (number: number, model: string, more: object = {}): Draft => ({
  path: '/v1/messages',
  headers: { 'anthropic-version': '2023-06-01' },
  json: { max_tokens: 64, ...chat(number, model, more) },
  expected: { channel: 'claude' },
});
const gemini = (number: number, method: string): Draft => ({
  path: `/v1beta/models/gemini-stand-in:${method}`,
  json: { contents: [{ role: 'user', parts: [{ text: prompt(number) }] }] },
  expected: { channel: 'gemini' },
});
const qwen = (number: number, headers: Record<string, string>): Draft => ({
  path: GENERATION,
  headers,
  json: { model: 'qwen-stand-in', input: { messages: messages(number) } },
  expected: { channel: 'qwen' },
});

function upload(number: number): Draft {
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${number}.bin"\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(head),
    Buffer.alloc(UPLOAD_BYTES + number, `${number}`),
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  return { path: '/v1/files', headers, body, chunked: number % 2 === 0 };
}

/** What each kind of request is; whatever a draft leaves out is that of a chat that succeeds. */
const KINDS = {
  chat: (n: number): Draft => ({ json: chat(n, 'gpt-stand-in') }),
  chatStream: (n: number): Draft => ({
    json: chat(n, 'gpt-stand-in', { stream: true }),
    expected: { usageAskedFor: true },
  }),
  chatStreamUsage: (n: number): Draft => ({
    json: chat(n, 'gpt-stand-in', { stream: true, stream_options: { include_usage: true } }),
  }),
  embeddings: (n: number): Draft => ({
    path: '/v1/embeddings',
    json: { model: 'text-stand-in', input: [prompt(n), 'more'] },
  }),
  models: (): Draft => ({ method: 'GET', path: '/v1/models' }),
  upload,
  messages: (n: number): Draft => claude(n, 'claude-stand-in'),
  messagesStream: (n: number): Draft => claude(n, 'claude-stand-in', { stream: true }),
  generate: (n: number): Draft => gemini(n, 'generateContent'),
  generateStream: (n: number): Draft => gemini(n, 'streamGenerateContent?alt=sse'),
  native: (n: number): Draft => qwen(n, {}),
  nativeStream: (n: number): Draft => qwen(n, { 'x-dashscope-sse': 'enable' }),
  leaveChat: (n: number): Draft => ({
    json: chat(n, 'slow-stand-in', { stream: true }),
    leavesAfter: n % 3,
    expected: { outcome: 'partial', usageAskedFor: true },
  }),
  leaveMessages: (n: number): Draft => ({
    ...claude(n, 'slow-stand-in', { stream: true }),
    leavesAfter: n % 3,
    expected: { channel: 'claude', outcome: 'partial' },
  }),
  leaveEarly: (n: number): Draft => ({
    json: chat(n, 'slow-stand-in'),
    leavesAfter: 0,
    expected: { status: 499, outcome: 'aborted' },
  }),
  wrongKey: (n: number): Draft => ({
    json: chat(n, 'gpt-stand-in'),
    headers: { authorization: `Bearer pk-wrong-${n}` },
    expected: {
      user: null,
      channel: null,
      status: 401,
      outcome: 'client_error',
      code: 'invalid_proxy_key',
      bodyRead: false,
    },
  }),
  disabledUser: (n: number): Draft => {
    const user = FIRST_DISABLED + (Math.floor(n / 25) % 10);
    return {
      json: chat(n, 'gpt-stand-in', { stream: true }),
      headers: { authorization: `Bearer ${keyOf(user)}` },
      expected: {
        user: userId(user),
        channel: null,
        status: 403,
        outcome: 'client_error',
        code: 'user_disabled',
        bodyRead: false,
      },
    };
  },
  wrongModel: (n: number): Draft => {
    const user = (n * 5) % FIRST_DISABLED;
    return {
      json: chat(n, 'forbidden-model'),
      headers: { authorization: `Bearer ${keyOf(user)}` },
      expected: {
        user: userId(user),
        channel: null,
        status: 403,
        outcome: 'client_error',
        code: 'model_not_permitted',
      },
    };
  },
  platformError: (n: number): Draft => {
    const status = n % 2 === 0 ? 429 : 500;
    return {
      json: chat(n, `error-${status}`),
      expected: { status, outcome: 'platform_error' },
    };
  },
} satisfies Record<string, (number: number) => Draft>;

export type Kind = keyof typeof KINDS;

/** 25 requests; the kinds that are most frequent in the field stand there several times. */
const ROUND: readonly Kind[] = [
  ...(['chat', 'chatStream', 'embeddings', 'messages', 'wrongKey', 'chat', 'leaveChat', 'upload'] as const),
  ...([
    'models',
    'chatStream',
    'chatStreamUsage',
    'generate',
    'disabledUser',
    'leaveEarly',
    'native',
  ] as const),
  ...(['platformError', 'embeddings', 'messagesStream', 'chatStream', 'wrongModel'] as const),
  ...(['generateStream', 'leaveMessages', 'nativeStream', 'chatStreamUsage', 'chat'] as const),
];

/** Clients put their key where their platform wants it, or in several places at once. */
function credentialOf(kind: Kind, number: number, key: string): Readonly<Record<string, string>> {
  if (kind.startsWith('messages')) return { 'x-api-key': key };
  if (kind === 'generate') return { 'x-goog-api-key': key };
  if (kind === 'generateStream') return {};
  const bearer = { authorization: `${number % 2 === 0 ? 'Bearer' : 'bearer'} ${key}` };
  return number % 3 === 0 ? bearer : { ...bearer, [number % 3 === 1 ? 'api-key' : 'x-api-key']: key };
}

function planned(number: number): Planned {
  const user = (number * 7) % FIRST_DISABLED;
  const kind = ROUND[number % ROUND.length] ?? 'chat';
  const draft: Draft = KINDS[kind](number);
  const json = draft.json === undefined ? null : Buffer.from(JSON.stringify(draft.json));
  return {
    number,
    kind,
    method: draft.method ?? 'POST',
    path: `${draft.path ?? CHAT}${kind === 'generateStream' ? `&key=${keyOf(user)}` : ''}`,
    headers: {
      ...credentialOf(kind, number, keyOf(user)),
      ...(json === null ? {} : { 'content-type': 'application/json' }),
      ...draft.headers,
      'x-test-number': String(number),
    },
    body: draft.body ?? json,
    chunked: draft.chunked ?? false,
    leavesAfter: draft.leavesAfter ?? null,
    expected: {
      user: userId(user),
      channel: openAiOf(user),
      status: 200,
      outcome: 'success',
      code: null,
      bodyRead: true,
      usageAskedFor: false,
      ...draft.expected,
    },
  };
}

/** A plan of so many requests; always the same. */
export function makePlan(requests: number): readonly Planned[] {
  return Array.from({ length: requests }, (_, number) => planned(number));
}
