import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DoctorFinding } from '../../src-main/adapters/doctor/finding.ts';
import { doctorReport } from '../../src-main/shell/headless/doctor-report.ts';
import { run } from '../../src-main/shell/headless/main.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { startGateway } from '../support/start-gateway.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';
import { fakeTerminal } from './fake-terminal.ts';

const KEY = 'channel-key-canary';
const FREE = ['--port', '0', '--console-port', '0'];
const cleanUp = createCleanUp();
let folder: TempFolder;
let dataDir: string;

beforeEach(async () => {
  folder = await tempFolder();
  dataDir = join(folder.path, 'data');
  cleanUp.add(() => folder.remove());
});
afterEach(() => cleanUp.run());

async function doctor(argv: readonly string[] = FREE, env: Record<string, string> = {}) {
  const terminal = fakeTerminal({ cwd: folder.path, env: { AIPROXY_DATA_DIR: dataDir, ...env } });
  return { code: await run(['doctor', ...argv], terminal), ...terminal.printed };
}

/** A data folder with one channel, private to its owner. */
async function withChannel(base_url: string): Promise<void> {
  await writeDocument(dataDir, aDocument({ channels: { ch: aChannel('openai', base_url, KEY) } }));
  await chmod(join(dataDir, 'config'), 0o700);
  for (const name of await readdir(join(dataDir, 'config')))
    await chmod(join(dataDir, 'config', name), 0o600);
}

/** A platform whose clock is off. @param minutes ahead of ours */
async function clockStandIn(minutes: number): Promise<string> {
  const server = createServer((_, response) => {
    const date = new Date(Date.now() + minutes * 60_000).toUTCString();
    response.writeHead(200, { date }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.add(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('what aiproxy doctor prints', () => {
  test('finds nothing wrong where all is well, ends with 0 and shows no key', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    await withChannel(standIn.url);
    const { code, out, err } = await doctor();
    expect(out.split('\n').filter((line) => /^(ERROR|WARNING)/.test(line))).toEqual([]);
    expect([code, err, out.includes(KEY)]).toEqual([0, '', false]);
    expect(out).toMatch(/^ok {7}channel ch {7}127\.0\.0\.1, connected in/m);
    expect(out).toMatch(/\nAll is well\.\n$/);
  });

  test('ends with 1 where there is an error, and gives the remedy below it', async () => {
    await withChannel('http://127.0.0.1:1');
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(/^ERROR {4}channel ch .*connection refused\n {20,}→ Start the server/m);
    expect(out).toMatch(/\n1 error, 0 warnings\.\n$/);
  });

  test('prints one JSON object with --json', async () => {
    await withChannel(await clockStandIn(-20));
    const { code, out } = await doctor([...FREE, '--json']);
    const report: { ok: boolean; errors: number; findings: DoctorFinding[] } = JSON.parse(out);
    expect([code, report.ok, report.errors, out.indexOf('\n')]).toEqual([1, false, 1, out.length - 1]);
    expect(report.findings.find(({ severity }) => severity === 'error')).toEqual({
      area: 'clock',
      subject: 'clock',
      severity: 'error',
      found: "20 minutes ahead of the platforms' clocks",
      remedy: expect.stringContaining('NTP'),
    });
    expect(new Set(report.findings.map(({ area }) => area))).toEqual(
      new Set([
        'versions',
        'configuration',
        'ports',
        'channels',
        'clock',
        'environment',
        'disk',
        'files',
        'limits',
      ]),
    );
  });

  test('names file, line and column of what is wrong in the configuration', async () => {
    const path = join(folder.path, 'bad.yaml');
    await writeFile(path, 'version: 1\nusers:\n  a: { status: maybe }\n');
    const { code, out } = await doctor([...FREE, '--config', 'bad.yaml']);
    expect([code, out]).toEqual([1, expect.stringContaining(`${path}:3:`)]);
    expect(out).toContain('aiproxy check');
  });

  test('goes on where the configuration cannot be read at all', async () => {
    await writeFile(join(folder.path, 'bad.json'), '{');
    const { code, out } = await doctor([...FREE, '--config', 'bad.json']);
    expect(code).toBe(1);
    expect(out).toMatch(/^ok +free space/m);
  });

  test('warns about a configuration that everybody may read', async () => {
    const path = join(folder.path, 'open.yaml');
    await writeFile(path, 'version: 1\nusers: {}\n');
    await chmod(path, 0o644);
    const { code, out } = await doctor([...FREE, '--config', 'open.yaml']);
    expect([code, out]).toEqual([0, expect.stringContaining(`→ chmod 600 ${path}`)]);
  });
});

describe('aiproxy doctor', () => {
  test('makes nothing, not even the data folder', async () => {
    expect((await doctor()).code).toBe(0);
    expect(await readdir(folder.path)).toEqual([]);
    await mkdir(dataDir);
    await doctor();
    expect(await readdir(dataDir)).toEqual([]);
  });

  test('recognises the AIProxy that runs on the data folder', async () => {
    const gateway = cleanUp.closing(await startGateway(aDocument({})));
    dataDir = gateway.dataDir;
    const consolePort = new URL(gateway.consoleUrl).port;
    const { code, out } = await doctor(['--port', String(gateway.port), '--console-port', consolePort]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^ok +proxy port ${gateway.port} +AIProxy itself`, 'm'));
    expect(out).toContain(`AIProxy runs on the data folder: process ${process.pid}`);
  });

  test('sees proxy variables of the shell', async () => {
    const { out } = await doctor(FREE, { HTTP_PROXY: 'http://proxy.example:3128' });
    expect(out).toMatch(/^WARNING +HTTP_PROXY/m);
  });

  test('refuses what it does not know', async () => {
    expect(await doctor(['--demo'])).toMatchObject({ code: 2, out: '' });
  });
});

test('a text of somebody else cannot command the terminal', () => {
  const found = 'the certificate is self-signed (by \u001b[2J\nok  all is well)';
  const printed = doctorReport([
    { area: 'channels', subject: 'channel ch', severity: 'error', found, remedy: null },
  ]);
  expect(printed.split('\n')[0]).toBe(
    'ERROR    channel ch  the certificate is self-signed (by \\u001b[2J\\u000aok  all is well)',
  );
});

test('the program itself runs the doctor', async () => {
  const root = new URL('../..', import.meta.url);
  const env = { ...process.env, AIPROXY_DATA_DIR: dataDir };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['bin/aiproxy.js', 'doctor', '--json', ...FREE],
    { cwd: root, env },
  );
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, errors: 0 });
  expect(await readdir(folder.path)).toEqual([]);
});
