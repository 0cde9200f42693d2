import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestPage } from '../../src-main/core/control-ports.ts';
import { runScript } from '../scripts/run-script.ts';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { openLiveFeed } from '../support/live-feed-client.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';

const START_MS = 60_000;

const cleanUp = createCleanUp();
let folder: TempFolder;
let program: Program;
let admin: AdminClient;

beforeAll(async () => {
  folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const platform = cleanUp.closing(await startOpenAi());
  await writeDocument(
    folder.path,
    aDocument({
      users: { usr_1: aUser({ name: '张三' }) },
      proxy_keys: { key_1: aKey('usr_1', 'pk-customer') },
      channels: { ch_1: aChannel('openai', platform.url, platform.apiKey) },
    }),
  );
  program = cleanUp.closing(await startProgram(folder.path));
  admin = adminClient({ consoleUrl: program.ready.console, runToken: program.ready.admin_token });
}, START_MS);
afterAll(() => cleanUp.run());

const chat = async (): Promise<string> => {
  const answer = await fetch(`${program.ready.proxy}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer pk-customer', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-stand-in', messages: [{ role: 'user', content: 'hello' }] }),
  });
  await answer.text();
  return answer.headers.get('x-aiproxy-request-id') ?? '';
};

/** What `aiproxy export usage` prints. */
const exported = async () => {
  const { code, stdout, stderr } = await runScript('bin/aiproxy.js', [
    ...['export', 'usage', '--by', 'user', '--data-dir', folder.path],
  ]);
  expect([code, stderr]).toEqual([0, '']);
  // Without options for types, every cell is a text.
  return parse(stdout, { bom: true, columns: true }) as Readonly<Record<string, string>>[];
};

describe('the built program', () => {
  it('shows a request over WebSocket, finds it in its log, and exports it', async () => {
    const headers = { authorization: `Bearer ${program.ready.admin_token}` };
    const feed = cleanUp.closing(await openLiveFeed(program.ready.console, { headers }));
    const id = await chat();
    await expect.poll(() => feed.requests().map((item) => item.request_id)).toEqual([id]);
    const { body } = await admin.get<RequestPage>(`/requests?request_id=${id}`);
    expect(body.items).toEqual(feed.requests());
    const csv = await (await admin.fetch('/statistics/export?by=user')).text();
    expect(csv).toContain('usr_1,张三,1,1,');
  });

  it('exports on the command line while it runs, and after it was killed', async () => {
    await chat();
    await admin.get('/requests');
    const running = await exported();
    expect(running).toMatchObject([{ user: 'usr_1', user_name: '张三', requests: '2' }]);
    program.kill();
    await program.exited;
    expect(await exported()).toEqual(running);
  });
});
