import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What each answer of the counting platform says it used. */
export const COUNTED_USAGE = { prompt_tokens: 7, completion_tokens: 11, total_tokens: 18 } as const;

/** A platform that remembers of each request only its number, so that hundred thousands are no burden. */
export interface CountingPlatform {
  readonly url: string;
  /** How often each request came, by the `n` in its query. */
  readonly came: ReadonlyMap<number, number>;
  /** Requests whose whole answer was written. */
  readonly answered: ReadonlySet<number>;
  close(): Promise<void>;
}

const MESSAGE = { index: 0, message: { role: 'assistant', content: 'counted' }, finish_reason: 'stop' };
const DELTA = { index: 0, delta: { content: 'counted' }, finish_reason: 'stop' };
const PAUSE_MS = 10;

/** Starts one on a free port. Every third request is streamed, with a pause in the middle. */
export async function startCountingPlatform(apiKey: string): Promise<CountingPlatform> {
  const came = new Map<number, number>();
  const answered = new Set<number>();
  const server = createServer((request, response) => {
    const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('n'));
    came.set(n, (came.get(n) ?? 0) + 1);
    request.resume();
    response.on('finish', () => answered.add(n));
    if (request.headers.authorization !== `Bearer ${apiKey}`) {
      response.writeHead(401).end('{}');
      return;
    }
    if (n % 3 !== 0) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'chat.completion', choices: [MESSAGE], usage: COUNTED_USAGE }));
      return;
    }
    response.setHeader('content-type', 'text/event-stream');
    const event = (content: object): string => `data: ${JSON.stringify(content)}\n\n`;
    response.write(event({ object: 'chat.completion.chunk', choices: [DELTA] }));
    setTimeout(() => {
      response.end(
        `${event({ object: 'chat.completion.chunk', choices: [], usage: COUNTED_USAGE })}data: [DONE]\n\n`,
      );
    }, PAUSE_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A TCP server's address is one.
  return {
    url: `http://127.0.0.1:${port}`,
    came,
    answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
