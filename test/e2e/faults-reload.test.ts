import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

function documentWith(standIn: OpenAiStandIn, key: string) {
  return aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', key) },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
}

async function started(): Promise<{ gateway: Gateway; standIn: OpenAiStandIn }> {
  const standIn = cleanUp.closing(await startOpenAi());
  return { standIn, gateway: cleanUp.closing(await startGateway(documentWith(standIn, 'pk-old'))) };
}

async function appLog({ dataDir }: Gateway): Promise<string> {
  const folder = join(dataDir, 'logs');
  const names = (await readdir(folder)).filter((name) => name.startsWith('aiproxy-'));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('');
}

async function statusWith({ proxyUrl }: Gateway, key: string): Promise<number> {
  const answer = await fetch(`${proxyUrl}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  await answer.arrayBuffer();
  return answer.status;
}

describe('a file that is edited by hand', () => {
  it('ends an old key and begins a new one', async () => {
    const { gateway, standIn } = await started();
    expect([await statusWith(gateway, 'pk-old'), await statusWith(gateway, 'pk-new')]).toEqual([200, 401]);
    await gateway.edit(documentWith(standIn, 'pk-new'));
    await expect.poll(() => statusWith(gateway, 'pk-old')).toBe(401);
    expect(await statusWith(gateway, 'pk-new')).toBe(200);
  });

  it.each([
    ['is no JSON', '{ "version": 1, "users": {'],
    ['is empty', ''],
    ['is full of NUL', '\u0000'.repeat(200)],
    ['has a user of the wrong type', '{ "version": 1, "users": { "ann": 5 } }'],
    [
      'maps a key to a channel nobody knows',
      '{ "version": 1, "users": { "ann": { "channels": ["nowhere"] } } }',
    ],
  ])('never replaces a good configuration: it %s', async (_, text) => {
    const { gateway, standIn } = await started();
    await writeFile(join(gateway.dataDir, 'config', 'users.json'), text);
    await expect.poll(() => appLog(gateway)).toContain('configuration refused');
    expect(await statusWith(gateway, 'pk-old')).toBe(200);
    await gateway.edit(documentWith(standIn, 'pk-new'));
    await expect.poll(() => statusWith(gateway, 'pk-old')).toBe(401);
    expect(await statusWith(gateway, 'pk-new')).toBe(200);
  });

  it('leaves a stream that is under way alone, also where its channel now leads elsewhere', async () => {
    const { gateway, standIn } = await started();
    const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk-old' },
      body: JSON.stringify({
        model: 'slow-model',
        stream: true,
        messages: [{ role: 'user', content: 'one two' }],
      }),
    });
    const seen = await standIn.nextRequest();
    const other = cleanUp.closing(await startOpenAi());
    const document = documentWith(other, 'pk-old');
    await gateway.edit({ ...document, proxy_keys: { ...document.proxy_keys, more: aKey('ann', 'pk-new') } });
    await expect.poll(() => statusWith(gateway, 'pk-new')).toBe(200);
    seen.pace.releaseAll();
    expect(await answer.text()).toContain('data: [DONE]');
    await expect
      .poll(async () => (await gateway.lines(1)).find(({ protocol }) => protocol === 'sse')?.outcome)
      .toBe('success');
  });
});
