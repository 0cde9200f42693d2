/** Where load goes, and how a client has to look there. */
export interface Target {
  readonly port: number;
  /** Bearer credentials, used in turn. */
  readonly keys: readonly string[];
  /** Sent besides what every client sends; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the upstream accepts as credential; anything else is answered 401, so a gateway that swaps no key is noticed. */
export const CHANNEL_KEY = 'bench-channel-key';

/** The Proxy-Key of the user with that number. */
export function proxyKey(user: number): string {
  return `bench-proxy-key-${user}`;
}

/** The first so many Proxy-Keys. */
export function proxyKeys(count: number): readonly string[] {
  return Array.from({ length: count }, (_, user) => proxyKey(user));
}

/** The body of a small chat request. */
export const CHAT_BODY = JSON.stringify({
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'Hello, this is a small benchmark request.' }],
});

/** The body of a streamed chat request; the upstream sends as many events as `max_tokens` says. */
export function streamBody(stream: number, events: number): string {
  return JSON.stringify({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Hello, this is a benchmark stream.' }],
    stream: true,
    max_tokens: events,
    user: `stream-${stream}`,
  });
}

/** A whole request as the official OpenAI SDK for Node puts it onto the wire. */
export function renderRequest(target: Target, key: string, body: string): string {
  const extra = Object.entries(target.headers).map(([name, value]) => `${name}: ${value}`);
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    `host: 127.0.0.1:${target.port}`,
    'connection: keep-alive',
    'accept: application/json',
    'user-agent: OpenAI/JS 7.55.0',
    'x-stainless-retry-count: 0',
    'x-stainless-lang: js',
    'x-stainless-package-version: 7.55.0',
    'x-stainless-os: Linux',
    'x-stainless-arch: x64',
    'x-stainless-runtime: node',
    'x-stainless-runtime-version: v24.21.0',
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    'accept-language: *',
    'sec-fetch-mode: cors',
    'accept-encoding: gzip, deflate',
    `content-length: ${Buffer.byteLength(body)}`,
    ...extra,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
