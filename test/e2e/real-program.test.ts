import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { requestLogLines } from '../support/request-log-lines.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';

describe('the real program', () => {
  const cleanUp = createCleanUp();
  afterEach(cleanUp.run);

  async function started() {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const standIn = cleanUp.closing(await startOpenAi());
    await writeDocument(
      folder.path,
      aDocument({
        users: { someone: aUser() },
        proxy_keys: { key: aKey('someone', 'pk-of-someone') },
        channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
      }),
    );
    return { folder, standIn, program: cleanUp.closing(await startProgram(folder.path)) };
  }

  const chat = (proxyUrl: string, model: string): Promise<Response> =>
    fetch(`${proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk-of-someone', 'content-type': 'application/json' },
      body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Hello, program' }] }),
    });

  it('prints its ready line alone, swaps the key and ends with 0 on SIGTERM', async () => {
    const { folder, standIn, program } = await started();
    const answer = await chat(program.ready.proxy, 'gpt-stand-in');
    expect(await answer.text()).toContain('data: [DONE]');
    const seen = await standIn.nextRequest();
    expect(await seen.placesOf(standIn.apiKey)).toEqual(['header authorization']);
    expect(await seen.placesOf('pk-of-someone')).toEqual([]);
    program.signal('SIGTERM');
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect(program.stdout().trim().split('\n')).toEqual([JSON.stringify(program.ready)]);
    const lines = await requestLogLines(folder.path, 1);
    expect(lines).toMatchObject([{ user: 'someone', outcome: 'success', ...seen.answered.usage }]);
  });

  it('lets a stream finish after SIGTERM, and takes no new requests meanwhile', async () => {
    const { standIn, program } = await started();
    const answer = await chat(program.ready.proxy, 'slow-stand-in');
    const seen = await standIn.nextRequest();
    program.signal('SIGTERM');
    const refused = async (): Promise<boolean> => {
      const ready = await fetch(`${program.ready.proxy}/ready`).catch(() => null);
      return ready === null || ready.status === 503;
    };
    await expect.poll(refused).toBe(true);
    seen.pace.releaseAll();
    expect(await answer.text()).toContain('data: [DONE]');
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect(standIn.requests).toHaveLength(1);
  });
});
