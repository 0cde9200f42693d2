import { afterEach, expect, test } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

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

test('nobody ends it without a credential', async () => {
  const { ready } = await program();
  expect((await post(ready.console, 'wrong')).status).toBe(401);
  expect((await fetch(`${ready.proxy}/ready`)).status).toBe(200);
});
