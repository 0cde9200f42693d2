import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

interface Sent {
  readonly name: string;
  readonly content: string;
}

const USERS = {
  name: 'users.yaml',
  content: 'anna: { name: 安娜, proxy_key: pk_anna_xxx, channels: [main] }\n',
};
const CHANNELS = {
  name: 'channels.yaml',
  content: 'main: { name: Main, api_key: sk_main_xxx, base_url: "https://api.openai.com" }\n',
};

async function gateway(options = {}) {
  const started = cleanUp.closing(await startGateway(aDocument({}), options));
  const headers = { authorization: `Bearer ${started.runToken}`, 'content-type': 'application/json' };
  return {
    ...started,
    async send(...files: Sent[]) {
      const body = JSON.stringify({ files });
      const answer = await fetch(`${started.consoleUrl}/api/v1/import`, { method: 'POST', headers, body });
      return { status: answer.status, body: await answer.json() };
    },
    /** What lies in the folder where sent files are put for a moment. */
    left: () => readdir(join(started.dataDir, 'state', 'work')).catch(() => []),
  };
}

describe('importing over the admin API', () => {
  test('takes several files together, and the proxy knows their keys at once', async () => {
    const { send, proxyUrl, left } = await gateway();
    expect(await send(USERS, CHANNELS)).toMatchObject({
      status: 200,
      body: { counts: { users: 1, proxy_keys: 1, channels: 1, skipped: 0 } },
    });
    const answer = await fetch(`${proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk_anna_xxx', 'x-aiproxy-channel': 'none' },
    });
    expect((await answer.json()).error.code).toBe('channel_not_permitted');
    expect(await left()).toEqual([]);
  });

  test('done twice, the second time changes nothing', async () => {
    const { send } = await gateway();
    await send(USERS, CHANNELS);
    expect((await send(USERS, CHANNELS)).body.counts).toMatchObject({ users: 0, skipped: 3 });
  });

  test('names file, line and column of an error, and imports nothing', async () => {
    const { send, left } = await gateway();
    const broken = { name: 'C:\\old\\users.yaml', content: 'anna:\n  status: maybe\n' };
    const { status, body } = await send(CHANNELS, broken);
    expect(status).toBe(422);
    expect(body.error).toMatchObject({ code: 'validation_failed', param: 'files.1.content' });
    expect(body.error.message).toMatch(/ users\.yaml:2:\d+: /);
    expect(body.error.message).not.toContain('state');
    expect((await send(CHANNELS)).body.counts).toMatchObject({ channels: 1, skipped: 0 });
    expect(await left()).toEqual([]);
  });

  test('refuses names that do not stand on one line, and says where', async () => {
    const { send } = await gateway();
    const hostile = { name: 'users.yaml', content: 'anna:\n  name: "Anna\\n=cmd|x"\n  channels: [main]\n' };
    const { status, body } = await send(CHANNELS, hostile);
    expect(status).toBe(422);
    expect(body.error.message).toMatch(/ users\.yaml:2:\d+: .*name: must stand on one line/);
    const long = { name: 'users.yaml', content: `anna: { name: ${'x'.repeat(5000)}, channels: [main] }\n` };
    expect((await send(CHANNELS, long)).status).toBe(422);
  });

  test.each(['../../../escaped.yaml', '/etc/escaped.yaml', '..\\escaped.yaml', `${'x'.repeat(900)}.yaml`])(
    'takes %s for its last part only',
    async (name) => {
      const { send, dataDir } = await gateway();
      const { status } = await send({ name, content: 'users: { u: { proxy_key: pk_u_xxx } }\n' });
      expect(status).toBe(200);
      const names = await readdir(dataDir, { recursive: true });
      expect(names.filter((path) => path.includes('escaped'))).toEqual([]);
    },
  );

  test.each([
    [[], 'files'],
    [[{ name: 'users.txt', content: '' }], 'users.txt'],
    [[{ name: '..', content: '' }], '..'],
    [[{ name: 'users.json', content: '{' }], 'users.json:1:'],
    [[{ name: 'users.json', content: '{"version":1}' }], 'is a current document already'],
  ])('refuses %j', async (files, reason) => {
    const { status, body } = await (await gateway()).send(...files);
    expect([status, body.error.message]).toEqual([422, expect.stringContaining(reason)]);
  });
});
