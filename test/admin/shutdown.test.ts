import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

async function program(...args: string[]) {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  return cleanUp.closing(await startProgram(folder.path, args));
}

const post = (url: string, token: string) =>
  fetch(`${url}/api/v1/shutdown`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });

test('the real program answers whoever ends it, drains, and ends with 0', async () => {
  const { ready, exited } = await program();
  const answer = await post(ready.console, ready.admin_token);
  expect([answer.status, await answer.json()]).toEqual([202, { stopping: true }]);
  expect(await exited).toEqual({ code: 0, signal: null });
});

test('what is under way may finish first', async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  const platform = createServer((request, response) => {
    request.resume();
    asked.resolve(response);
  });
  await once(platform.listen(0, '127.0.0.1'), 'listening');
  cleanUp.add(() => void platform.close());
  const { port } = platform.address() as AddressInfo;
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const channel = aChannel('openai', `http://127.0.0.1:${port}`, 'channel-key-1');
  const records = {
    users: { u: aUser() },
    proxy_keys: { k: aKey('u', 'pk-slow') },
    channels: { c: channel },
  };
  await writeDocument(folder.path, aDocument(records));
  const { ready, exited } = cleanUp.closing(await startProgram(folder.path));
  const answer = fetch(`${ready.proxy}/v1/models`, { headers: { authorization: 'Bearer pk-slow' } });
  const held = await asked.promise;
  await post(ready.console, ready.admin_token);
  await expect
    .poll(async () => (await fetch(`${ready.proxy}/ready`).catch(() => null))?.status)
    .not.toBe(200);
  held.end('{"data":[]}');
  expect(await (await answer).json()).toEqual({ data: [] });
  expect(await exited).toEqual({ code: 0, signal: null });
});

test('nobody ends it without a credential', async () => {
  const { ready } = await program();
  expect((await post(ready.console, 'wrong')).status).toBe(401);
  expect((await fetch(`${ready.proxy}/ready`)).status).toBe(200);
});
