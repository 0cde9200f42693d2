import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { closedPort } from '../support/closed-port.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { answerTo, GOOD_HEADERS, KEY, rawRequest, startFront } from './front.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const OTHER_KEY = 'pk-of-the-next-one';

/** A gateway whose only channel leads to another AIProxy. @param key here, and the one that is used there */
function documentTo(url: string, key = KEY, next = OTHER_KEY) {
  return aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', key) },
    channels: { next: aChannel('aiproxy', url, next) },
  });
}

const startTo = async (url: string, key = KEY, next = OTHER_KEY): Promise<Gateway> =>
  cleanUp.closing(await startGateway(documentTo(url, key, next)));

const models = async ({ proxyUrl }: Gateway, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${proxyUrl}/v1/models`, {
    headers: { authorization: `Bearer ${KEY}`, ...headers },
  });
  return {
    status: answer.status,
    text: await answer.text(),
    source: answer.headers.get('x-aiproxy-error-source'),
  };
};

describe('a channel that points at this very gateway', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:7f00:1]', '[::ffff:0:7f00:1]', '0x7f.1'])(
    'is refused when it is connected to, by any of its names: %s',
    async (host) => {
      const port = await closedPort();
      const gateway = cleanUp.closing(await startGateway(documentTo(`http://${host}:${port}`), { port }));
      const { status, source, text } = await models(gateway);
      expect([status, source]).toEqual([502, 'gateway']);
      expect(text).toContain('this AIProxy itself');
      const line = (await gateway.lines(1)).at(-1);
      expect(line).toMatchObject({ attempts: 1, error_code: 'upstream_unreachable' });
    },
  );

  it('is refused also where it points at the console', async () => {
    const consolePort = await closedPort();
    const document = documentTo(`http://127.0.0.1:${consolePort}`);
    const gateway = cleanUp.closing(await startGateway(document, { consolePort }));
    expect((await models(gateway)).text).toContain('this AIProxy itself');
  });

  it('is refused when it is saved, and the running configuration stays', async () => {
    const gateway = await startTo('http://127.0.0.1:1');
    const appLog = async () => {
      const folder = join(gateway.dataDir, 'logs');
      const names = (await readdir(folder)).filter((name) => name.startsWith('aiproxy-'));
      return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('');
    };
    await gateway.edit(documentTo(gateway.proxyUrl));
    await expect.poll(appLog).toContain('configuration refused');
    expect((await models(gateway)).text).toContain('connection refused');
  });
});

describe('two AIProxies that point at each other', () => {
  it('pass a request on no more than four times', async () => {
    const one = await startTo('http://127.0.0.1:1');
    const two = await startTo(one.proxyUrl, OTHER_KEY, KEY);
    await one.edit(documentTo(two.proxyUrl));
    await expect.poll(async () => (await models(one)).text).toContain('loop');
    const before = [(await one.stats()).total_requests, (await two.stats()).total_requests];
    const { status } = await models(one);
    expect(status).toBe(400);
    const after = [(await one.stats()).total_requests, (await two.stats()).total_requests];
    expect(after.map((count, at) => count - (before[at] ?? 0))).toEqual([3, 2]);
  });
});

describe('the hop count', () => {
  it.each(['4', '5', '99', '-1', 'x', '1.5', '', '1e9'])('ends a request that says %s', async (hops) => {
    const { gateway, standIn } = await startFront(cleanUp);
    const asked = rawRequest(['GET /v1/models HTTP/1.1', ...GOOD_HEADERS, `x-aiproxy-hops: ${hops}`]);
    const answer = await answerTo(gateway.port, asked);
    const accepted = hops === '';
    expect(answer.status).toBe(accepted ? 200 : 400);
    expect(standIn.requests).toHaveLength(accepted ? 1 : 0);
  });
});

describe('the choice of a channel', () => {
  it('ends at this hop, as header and as path', async () => {
    const { gateway, standIn } = await startFront(cleanUp);
    const ask = (line: string, ...headers: string[]) =>
      answerTo(gateway.port, rawRequest([line, ...GOOD_HEADERS, ...headers]));
    await ask('GET /v1/models HTTP/1.1', 'x-aiproxy-channel: openai');
    await ask('GET /channels/openai/v1/models HTTP/1.1');
    for (const seen of standIn.requests) {
      expect([seen.url, seen.header('x-aiproxy-channel')]).toEqual(['/v1/models', []]);
    }
    expect(standIn.requests).toHaveLength(2);
    const refused = await ask('GET /channels/other/v1/models HTTP/1.1');
    expect([refused.status, JSON.parse(refused.body).error.code]).toEqual([403, 'channel_not_permitted']);
  });
});
