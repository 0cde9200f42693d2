import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../scripts/run-script.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { closedPort } from '../support/closed-port.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type SelfSigned, selfSigned } from '../support/self-signed.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openWebSocket } from '../support/websocket-client.ts';
import { rawFrame, text } from '../websocket/raw/raw-frame.ts';
import { type RawPlatform, startRawPlatform } from '../websocket/raw/raw-session.ts';

const KEY = 'pk-of-ann';
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
const CERTIFICATE: SelfSigned = selfSigned('localhost');

const cleanUp = createCleanUp();
let platform: OpenAiStandIn;
let voice: RawPlatform;
let gateway: Gateway;

beforeAll(async () => {
  platform = cleanUp.closing(await startOpenAi());
  voice = cleanUp.closing(await startRawPlatform());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { key: aKey('ann', KEY) },
        channels: {
          chat: aChannel('openai', platform.url, platform.apiKey),
          voice: aChannel('openai', voice.url, 'channel-key-voice'),
        },
        system: { trusted_proxies: ['127.0.0.1'] },
      }),
    ),
  );
});
afterAll(cleanUp.run);

interface Front {
  readonly name: string;
  /** The example, in `examples/deployment`. */
  readonly file: string;
  /** What stands for the example's own ports and files here. */
  readonly here: (text: string, port: number, folder: string) => string;
  readonly command: (path: string, folder: string) => readonly string[];
}

const FRONTS: readonly Front[] = [
  {
    name: 'nginx',
    file: 'nginx.conf',
    here: (conf, port, folder) =>
      `daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off;\n${[
        'client_body',
        'proxy',
        'fastcgi',
        'uwsgi',
        'scgi',
      ]
        .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
        .join(' ')}\n${conf
        .replace('listen 443', `listen 127.0.0.1:${port}`)
        .replaceAll('/etc/ssl/ai.example.com', folder)}}`,
    command: (path, folder) => ['nginx', '-p', folder, '-e', 'stderr', '-c', path],
  },
  {
    name: 'haproxy',
    file: 'haproxy.cfg',
    here: (conf, port, folder) =>
      conf.replace('bind :443', `bind 127.0.0.1:${port}`).replaceAll('/etc/ssl/ai.example.com', folder),
    command: (path) => ['haproxy', '-db', '-f', path],
  },
];

/** Starts a server with its example, and waits until it listens. @returns its port */
async function start({ file, here, command }: Front): Promise<number> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const port = await closedPort();
  const { cert, key } = CERTIFICATE;
  await writeFile(join(folder.path, 'fullchain.pem'), cert);
  await writeFile(join(folder.path, 'privkey.pem'), key);
  await writeFile(join(folder.path, 'haproxy.pem'), cert + key);
  const example = await readFile(join(ROOT, 'examples/deployment', file), 'utf8');
  const path = join(folder.path, file);
  await writeFile(
    path,
    here(example, port, folder.path).replace('127.0.0.1:8001', `127.0.0.1:${gateway.port}`),
  );
  const [program = '', ...args] = command(path, folder.path);
  const child = spawn(program, args, { env: { ...process.env, PATH }, stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  const exited = once(child, 'exit');
  cleanUp.add(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  await expect
    .poll(() =>
      ask(port).then(
        ({ status }) => status,
        () => printed,
      ),
    )
    .toBe(200);
  return port;
}

const headers = { authorization: `Bearer ${KEY}`, 'x-forwarded-for': '203.0.113.9' };

/** Asks through a server, for a stream where there is a body. @param heard is told what came so far */
async function ask(port: number, body?: object, heard: (text: string) => void = () => undefined) {
  const asked = request({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    ca: CERTIFICATE.cert,
    method: body === undefined ? 'GET' : 'POST',
    path: body === undefined ? '/v1/models' : '/v1/chat/completions',
    headers: { ...headers, host: 'localhost', 'x-aiproxy-channel': 'chat' },
  });
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = await once(asked, 'response');
  let got = '';
  for await (const chunk of answer) {
    got += String(chunk);
    heard(got);
  }
  return { status: Number(answer.statusCode), text: got };
}

const isThere = (name: string): boolean =>
  spawnSync(name, ['-v'], { env: { ...process.env, PATH } }).status === 0;

describe.each(FRONTS)('behind $name, as its example says', (front) => {
  const missing = !isThere(front.name);
  if (missing) process.stderr.write(`skipped: tests behind ${front.name}, which is not installed\n`);

  it.skipIf(missing)(
    'streams pass event by event, WebSockets both ways, and clients keep their address',
    async () => {
      const port = await start(front);
      platform.passOver();
      const first = Promise.withResolvers<void>();
      const question = {
        model: 'slow-model',
        stream: true,
        messages: [{ role: 'user', content: 'one two' }],
      };
      const answering = ask(port, question, (text) => text.includes('"content"') && first.resolve());
      const seen = await platform.nextRequest();
      seen.pace.release(2);
      // The platform holds the rest back until the beginning has arrived.
      await first.promise;
      seen.pace.releaseAll();
      expect((await answering).text).toContain('data: [DONE]');

      const socket = await openWebSocket(`wss://localhost:${port}/v1/realtime?model=gpt-realtime`, {
        headers: { ...headers, host: 'localhost', 'x-aiproxy-channel': 'voice' },
        options: { ca: CERTIFICATE.cert },
      });
      const { connection } = await voice.session();
      connection.send(rawFrame(text('{"type":"hello"}'), false));
      expect(String((await socket.until(({ bytes }) => String(bytes).includes('hello'))).bytes)).toBe(
        '{"type":"hello"}',
      );
      socket.event({ type: 'back' });
      await expect.poll(() => connection.received.length).toBeGreaterThan(0);
      socket.socket.terminate();
      await connection.closed;
      connection.end();

      const lines = await gateway.lines(3);
      expect(new Set(lines.map(({ client }) => client))).toEqual(new Set(['203.0.113.9']));
    },
  );
});
