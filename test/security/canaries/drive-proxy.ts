import { type CanaryName, canaryValue } from './canaries.ts';
import type { Asked, Evidence, Heard } from './evidence.ts';

interface Call {
  readonly path: string;
  readonly body: object | null;
}

const MESSAGES = [{ role: 'user', content: 'Anyone there?' }];

/** One request in each dialect, to a model that works and to one whose platform tells the key it was given. */
function callsOf(model: string): readonly Call[] {
  const contents = [{ parts: [{ text: 'Anyone there?' }] }];
  return [
    { path: '/v1/chat/completions', body: { model, messages: MESSAGES } },
    { path: '/v1/chat/completions', body: { model, messages: MESSAGES, stream: true } },
    { path: '/v1/messages', body: { model, max_tokens: 8, messages: MESSAGES } },
    { path: `/v1beta/models/${model}:generateContent`, body: { contents } },
    {
      path: '/api/v1/services/aigc/text-generation/generation',
      body: { model, input: { messages: MESSAGES } },
    },
    { path: '/compatible-mode/v1/chat/completions', body: { model, messages: MESSAGES } },
    { path: `/openai/deployments/${model}/chat/completions?api-version=1`, body: { messages: MESSAGES } },
    { path: '/v1/models', body: null },
    { path: '/nobody/knows/this', body: { model } },
  ];
}

type Place = (
  path: string,
  key: string,
) => { readonly path: string; readonly headers: Record<string, string> };

const queried = (path: string, member: string): string => `${path}${path.includes('?') ? '&' : '?'}${member}`;
const inHeader =
  (name: string, before = ''): Place =>
  (path, key) => ({ path, headers: { [name]: `${before}${key}` } });
const inQuery =
  (name: string): Place =>
  (path, key) => ({ path: queried(path, `${name}=${key}`), headers: {} });

/** Where keys belong, by what clients do. */
const PLACES: readonly Place[] = [
  inHeader('authorization', 'Bearer '),
  inHeader('x-api-key'),
  inHeader('api-key'),
  inHeader('x-goog-api-key'),
  inHeader('sec-websocket-protocol', 'realtime, openai-insecure-api-key.'),
  inQuery('key'),
];

/** Where they do not. */
const WRONG_PLACES: readonly Place[] = [
  inHeader('authorization'),
  (path, key) => inHeader('authorization', 'Basic ')(path, Buffer.from(`ann:${key}`).toString('base64')),
  inHeader('cookie', 'session='),
  inHeader('referer', 'https://example.test/?key='),
  inHeader('x-aiproxy-channel'),
  inHeader('user-agent', 'client/'),
  inHeader('x-request-id'),
  inQuery('token'),
  inQuery('apikey'),
  inQuery('anything'),
  (path, key) => ({ path: queried(path, key), headers: {} }),
  (path, key) => ({ path: `/${key}${path}`, headers: {} }),
  (path, key) => ({ path: `/channels/${key}${path}`, headers: {} }),
  (path, key) => ({ path: `/v1/models/${key}?x=${path.length}`, headers: {} }),
  (path, key) => ({ path: `/v1/files/${key}?x=${path.length}`, headers: {} }),
  (path, key) => ({ path: `/%2e%2e/${key}?x=${path.length}`, headers: {} }),
];

const CREDENTIALS: readonly CanaryName[] = [
  'annsKey',
  'annsOldKey',
  'annsOtherKey',
  'disabledKey',
  'expiredKey',
  'keyOfDisabled',
  'unknownKey',
  'openaiKey',
  'secondOfTwo',
  'headerSecret',
  'keyFromEnvironment',
  'adminToken',
  'runToken',
];

/** Every channel, also those that cannot be reached. */
const CHANNELS = ['openai', 'several', 'environment', 'proxied', 'nowhere'] as const;

/** Sends requests of every kind, with keys in every place. */
export class ProxyDrive {
  readonly #evidence: Evidence;
  readonly #url: string;
  /** How many answers there were by status. */
  readonly statuses = new Map<number, number>();

  constructor(evidence: Evidence, url: string) {
    this.#evidence = evidence;
    this.#url = url;
  }

  async #send(
    { path, body }: Call,
    headers: Readonly<Record<string, string>>,
    asked: Asked = {},
  ): Promise<Heard> {
    const common = { 'anthropic-version': '2023-06-01', 'content-type': 'application/json' };
    const heard = await this.#evidence.ask(this.#url, path, {
      method: body === null ? 'GET' : 'POST',
      headers: { ...common, ...headers },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      ...asked,
    });
    this.statuses.set(heard.status, (this.statuses.get(heard.status) ?? 0) + 1);
    return heard;
  }

  /** Each credential in each place where one belongs, in each dialect. */
  async everyCredential(): Promise<void> {
    for (const name of CREDENTIALS) {
      for (const place of PLACES) {
        const sent = callsOf('stand-in').map((call) => {
          const { path, headers } = place(call.path, canaryValue(name));
          return this.#send({ ...call, path }, headers);
        });
        await Promise.all(sent);
      }
    }
  }

  /** Each credential where none belongs, alone and besides a key that opens. */
  async everyWrongPlace(): Promise<void> {
    const right = { 'x-api-key': canaryValue('annsKey') };
    for (const name of CREDENTIALS) {
      for (const place of WRONG_PLACES) {
        const { path, headers } = place('/v1/chat/completions', canaryValue(name));
        const call = { path, body: { model: 'stand-in', messages: MESSAGES } };
        await Promise.all([
          this.#send(call, headers),
          this.#send(call, { ...right, ...headers }, { repeated: true }),
        ]);
      }
    }
  }

  /** Platforms that tell the key they were given, and channels that cannot be reached. */
  async everyError(): Promise<void> {
    const right = { 'x-api-key': canaryValue('annsKey') };
    for (const model of ['error-401-echo', 'error-429', 'error-500', 'die-midstream']) {
      for (const call of callsOf(model)) await this.#send(call, right).catch(() => null);
      for (const channel of CHANNELS) {
        const chosen = { ...right, 'x-aiproxy-channel': channel };
        const call = { path: '/v1/chat/completions', body: { model, messages: MESSAGES, stream: true } };
        await this.#send(call, chosen).catch(() => null);
      }
    }
  }

  /** Keys that were pasted into the model's field. */
  async everyModel(): Promise<void> {
    for (const name of CREDENTIALS) {
      const headers = { 'x-api-key': canaryValue('annsKey') };
      for (const call of callsOf(canaryValue(name))) await this.#send(call, headers, { repeated: true });
    }
  }

  /** Something whose id is kept. */
  async upload(): Promise<number> {
    const form = new FormData();
    form.set('purpose', 'batch');
    form.set('file', new File(['{}'], 'batch.jsonl'));
    const whole = new Response(form);
    const headers = {
      'x-api-key': canaryValue('annsKey'),
      'content-type': whole.headers.get('content-type') ?? '',
    };
    const body = await whole.text();
    return (await this.#evidence.ask(this.#url, '/v1/files', { method: 'POST', headers, body })).status;
  }

  /** What anybody may read. */
  async everyPage(): Promise<void> {
    for (const path of ['/', '/health', '/ready', '/stats', '/dashboard', '/metrics', '/favicon.ico'])
      await this.#send({ path, body: null }, {});
  }
}
