import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const DOCUMENT = aDocument({
  users: { ann: aUser() },
  proxy_keys: { k: aKey('ann', 'pk-of-ann') },
  groups: { g: {} },
});

const cleanUp = createCleanUp();
let gateway: Gateway;
let admin: AdminClient;
beforeEach(async () => {
  gateway = cleanUp.closing(await startGateway(DOCUMENT));
  admin = adminClient(gateway);
});
afterEach(cleanUp.run);

interface Access {
  readonly proxy_key: string;
  readonly channel: string;
  readonly user: string;
}

const start = async (): Promise<Access> => {
  const { status, body } = await admin.post<Access>('/demo');
  expect(status).toBe(200);
  return body;
};

const chat = (key: string): Promise<Response> =>
  fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'Hello!' }] }),
  });

const actions = async (): Promise<string[]> => {
  const { body } = await admin.get<{ items: { action: string }[] }>('/audit?text=demo.');
  return body.items.map(({ action }) => action);
};

describe('the demo', () => {
  test('is begun and ended while the program runs, and nothing of it is stored', async () => {
    const { proxy_key, channel, user } = await start();
    expect(proxy_key).toMatch(/^pk-[\w-]{20,}$/);
    const answer = await chat(proxy_key);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('You said: Hello!')]);
    expect((await gateway.lines(1))[0]).toMatchObject({ user, channel, outcome: 'success' });
    expect((await admin.get(`/channels/${channel}`)).status).toBe(404);
    expect((await admin.get(`/names?user=${user}&channel=${channel}`)).body).toMatchObject({
      users: { [user]: 'Demo user' },
      channels: { [channel]: 'Demo platform' },
    });
    expect((await admin.get('/statistics/channels')).body).toMatchObject({
      items: [{ channel, name: 'Demo platform', requests: 1 }],
    });

    expect((await admin.delete('/demo')).status).toBe(204);
    expect((await chat(proxy_key)).status).toBe(401);
    expect(await actions()).toEqual(['demo.end', 'demo.start']);
  });

  test('goes on where it runs, and has another key when it begins anew', async () => {
    const first = await start();
    expect(await Promise.all([start(), start()])).toEqual([first, first]);
    await Promise.all([admin.delete('/demo'), admin.delete('/demo')]);
    const [one, other] = await Promise.all([start(), start()]);
    expect(one).toEqual(other);
    expect(one.proxy_key).not.toBe(first.proxy_key);
    expect([(await chat(first.proxy_key)).status, (await chat(one.proxy_key)).status]).toEqual([401, 200]);
  });

  test('survives a change of the configuration, and gives way to a real channel', async () => {
    const { proxy_key } = await start();
    expect((await chat('pk-of-ann')).status).toBe(200);
    await admin.post('/channels', {
      id: 'real',
      ...aChannel('openai', 'http://127.0.0.1:1', 'channel-key-real'),
    });
    expect([(await chat(proxy_key)).status, (await chat('pk-of-ann')).status]).toEqual([200, 502]);
  });

  test('is told by the status, its records counted', async () => {
    const tell = async () => (await admin.get('/status')).body;
    const own = { users: 2, proxy_keys: 2, channels: 0, groups: 1 };
    expect(await tell()).toMatchObject({ demo: false, counts: own });
    await start();
    const counts = { users: 3, proxy_keys: 3, channels: 1, groups: 1 };
    expect(await tell()).toMatchObject({ demo: true, counts });
  });
});

test('a demo of the command line is the same one', async () => {
  const other = cleanUp.closing(await startGateway(DOCUMENT, { demo: true }));
  const { body } = await adminClient(other).post<Access>('/demo');
  expect(body.proxy_key).toBe(other.demoKey);
});
