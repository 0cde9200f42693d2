import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src-main/app.ts';
import type { AppOptions } from '../../src-main/app-options.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const optionsFor = (dataDir: string, port: number): AppOptions => ({
  dataDir,
  configPath: null,
  port,
  consolePort: 0,
  logLevel: 'error',
  demo: false,
  env: {},
});

describe('the first start', () => {
  it('shows its secrets at the first start that succeeds, not at one that finds its port taken', async () => {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(createApp(optionsFor(folder.path, port)).start()).rejects.toThrow(
      `port ${port} is in use by node`,
    );
    await new Promise((resolve) => other.close(resolve));

    const app = createApp(optionsFor(folder.path, port));
    cleanUp.add(() => app.stop(0));
    const { firstStart, proxyUrl } = await app.start();
    expect(firstStart?.adminToken).toMatch(/^at-/);
    const answer = await fetch(`${proxyUrl}/v1/models`, {
      headers: { authorization: `Bearer ${firstStart?.adminKey}` },
    });
    // The key is known at once; there is just no channel yet.
    expect([answer.status, (await answer.json()) as object]).toMatchObject([
      404,
      { error: { code: 'no_channel' } },
    ]);
  });

  it('says in one line where the data folder cannot be', async () => {
    await expect(createApp(optionsFor('/dev/null', 0)).start()).rejects.toThrow(
      'the data folder /dev/null cannot be used: it is not a folder',
    );
  });
});
