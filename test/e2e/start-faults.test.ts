import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { run } from '../../src-main/shell/headless/main.ts';
import { fakeTerminal } from '../shell/fake-terminal.ts';
import { type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { selfSigned } from '../support/self-signed.ts';
import { smallDisk, whyNoMount } from '../support/small-disk.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const KEY = 'pk-of-ann';

async function document() {
  const standIn = cleanUp.closing(await startOpenAi());
  return aDocument({
    users: { ann: aUser() },
    proxy_keys: { own: aKey('ann', KEY) },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
    system: { admin_token_hash: '0'.repeat(64) },
  });
}

async function proxied({ proxyUrl }: Gateway): Promise<number> {
  const answer = await fetch(`${proxyUrl}/v1/models`, { headers: { authorization: `Bearer ${KEY}` } });
  await answer.arrayBuffer();
  return answer.status;
}

/** Runs a command to its end, as a person would see it. */
async function aiproxy(...argv: string[]) {
  const terminal = fakeTerminal({ cwd: '/' });
  return { code: await run(argv, terminal), ...terminal.printed };
}

const serve = (dataDir: string, ...more: string[]) =>
  aiproxy('serve', '--data-dir', dataDir, '--port', '0', '--console-port', '0', ...more);

if (whyNoMount !== null) process.stderr.write(`start-faults: disks are not filled here: ${whyNoMount}\n`);

describe.skipIf(whyNoMount !== null)('a start on a disk that takes nothing any more', () => {
  test('serves the last state where it is full, and tells each who would change something', async () => {
    const disk = await smallDisk(cleanUp);
    const configured = await document();
    await writeDocument(disk.path, configured);
    disk.fill();
    const gateway = cleanUp.closing(await startGateway(configured, { dataDir: disk.path }));
    expect(gateway.notices.join('\n')).toMatch(/cannot be written: the disk is full/);
    expect(await proxied(gateway)).toBe(200);
    const admin = adminClient(gateway);
    for (const asked of ['/users', '/backup']) {
      const answer = await admin.post<AdminErrorBody>(asked, {});
      expect([asked, answer.status]).toEqual([asked, 507]);
      expect(answer.body.error).toMatchObject({ code: 'storage_failed' });
      expect(answer.body.error.message).toMatch(/the disk is full|make room on the disk/);
    }
    const summary = await admin.get<{ requests: number }>('/statistics/summary');
    expect(summary.status).toBe(200);
    expect(JSON.stringify(summary.body)).toMatch(/"requests":1\b/);
  });

  test('serves the last state where it is read-only', async () => {
    const disk = await smallDisk(cleanUp);
    const configured = await document();
    await writeDocument(disk.path, configured);
    disk.makeReadOnly();
    const gateway = cleanUp.closing(await startGateway(configured, { dataDir: disk.path }));
    expect(gateway.notices.join('\n')).toMatch(/cannot be written: the file system is read-only/);
    expect(await proxied(gateway)).toBe(200);
    expect((await adminClient(gateway).post('/users', { name: 'Ben' })).status).toBe(409);
  });

  test('is refused in one line where there is no state yet', async () => {
    const disk = await smallDisk(cleanUp);
    disk.fill();
    const { code, err } = await serve(disk.path);
    expect(code).toBe(1);
    expect(err).toMatch(/^aiproxy: .*the disk is full.*\n$/m);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('is foretold by check and doctor', async () => {
    const disk = await smallDisk(cleanUp);
    await writeDocument(disk.path, await document());
    disk.fill();
    expect((await aiproxy('check', '--data-dir', disk.path)).out).toContain('the disk is full');
    expect((await aiproxy('doctor', '--data-dir', disk.path)).out).toMatch(/error.*0\.0 MiB free/i);
  });
});

describe('a start that finds a file where a folder should be', () => {
  test.each(['state', 'logs', 'usage'])('serves without it and says so: %s', async (name) => {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const configured = await document();
    await writeDocument(folder.path, configured);
    await writeFile(join(folder.path, name), '');
    const { code, out } = await aiproxy('check', '--data-dir', folder.path);
    expect(code).toBe(1);
    expect(out).toContain(`${join(folder.path, name)}: a file stands where a folder should be`);
    const gateway = cleanUp.closing(await startGateway(configured, { dataDir: folder.path }));
    expect(await proxied(gateway)).toBe(200);
  });

  test('is refused in one line where it is the configuration, or the data folder', async () => {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const file = join(folder.path, 'data');
    await writeFile(file, '');
    await writeFile(join(folder.path, 'config'), '');
    for (const [dataDir, place] of [
      [file, file],
      [join(file, 'below'), file],
      [folder.path, join(folder.path, 'config')],
    ] as const) {
      const { code, err } = await serve(dataDir);
      expect(code).toBe(1);
      expect(err).toMatch(/^aiproxy: [^\n]+\n$/);
      expect(err).toContain(place);
      expect((await aiproxy('check', '--data-dir', dataDir)).code).toBe(1);
    }
  });
});

describe('a start with a certificate that cannot be used', () => {
  async function withCertificate(change: (folder: string) => Promise<void>): Promise<string> {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const [one, other] = [selfSigned(), selfSigned()];
    await writeFile(join(folder.path, 'cert.pem'), one.cert);
    await writeFile(join(folder.path, 'key.pem'), one.key);
    await writeFile(join(folder.path, 'other.pem'), other.key);
    await change(folder.path);
    const tls = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
    await mkdir(join(folder.path, 'data'));
    await writeDocument(join(folder.path, 'data'), { ...(await document()), system: { proxy: { tls } } });
    return join(folder.path, 'data');
  }

  test.each([
    ['is missing', /no such file/, (folder: string) => rm(join(folder, 'cert.pem'))],
    [
      'is a folder',
      /a folder stands/,
      async (folder: string) => {
        await rm(join(folder, 'key.pem'));
        await mkdir(join(folder, 'key.pem'));
      },
    ],
    [
      'belongs to another key',
      /does not belong/,
      (folder: string) => copyFile(join(folder, 'other.pem'), join(folder, 'key.pem')),
    ],
    ['is no PEM', /cannot be used/, (folder: string) => writeFile(join(folder, 'cert.pem'), 'nonsense')],
  ])('that %s is refused in one line, and foretold by check and doctor', async (_, reason, change) => {
    const dataDir = await withCertificate(change);
    const { code, err } = await serve(dataDir);
    expect(code).toBe(1);
    expect(err.trimEnd().split('\n').at(-1)).toMatch(
      /^aiproxy: the certificate of the proxy .*system\.proxy\.tls/,
    );
    expect(err).toMatch(reason);
    expect(err).not.toMatch(/^\s+at /m);
    const checked = await aiproxy('check', '--data-dir', dataDir);
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(/^system\.proxy\.tls: /m);
    expect((await aiproxy('doctor', '--data-dir', dataDir)).code).toBe(1);
  });
});
