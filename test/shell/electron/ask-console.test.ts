import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { askConsole } from '../../../src-main/shell/electron/ask-console.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { selfSigned } from '../../support/self-signed.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

async function listening(server: Server, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.add(() => void server.close());
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each(['http', 'https'])('asks over %s with the token of this run', async (scheme) => {
  const asked: unknown[] = [];
  const answer: Parameters<typeof createHttpServer>[1] = ({ method, url, headers }, response) => {
    asked.push([method, url, headers.authorization]);
    response.writeHead(403).end('{}');
  };
  const server = scheme === 'http' ? createHttpServer(answer) : createHttpsServer(selfSigned(), answer);
  const consoleUrl = await listening(server, scheme);
  expect(await askConsole({ consoleUrl, token: 'of-this-run' }, '/api/v1/pause')).toBe(403);
  expect(asked).toEqual([['POST', '/api/v1/pause', 'Bearer of-this-run']]);
});

it('says so where nobody answers', async () => {
  const asked = { consoleUrl: 'http://127.0.0.1:1', token: 'of-this-run' };
  await expect(askConsole(asked, '/api/v1/pause')).rejects.toThrow('ECONNREFUSED');
});
