import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A platform that takes whatever it gets for a chat, and tells a stream's usage only to those who ask for it. */
export interface LenientPlatform {
  readonly url: string;
  /** What it got, in order. */
  readonly seen: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }[];
  close(): Promise<void>;
}

/** What it tells of each request whose usage is asked for. */
export const LENIENT_USAGE = { tokens_in: 100, tokens_out: 200 };

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

/** Starts one on a loopback port. */
export async function startLenientPlatform(): Promise<LenientPlatform> {
  const seen: LenientPlatform['seen'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    seen.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(event({ choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }] }));
    if (body.includes('"include_usage":true'))
      response.write(event({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 200 } }));
    response.end('data: [DONE]\n\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
