import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { examineDisk, judgeGrowth, judgeSpace } from '../../../src-main/adapters/doctor/disk.ts';
import { examineRights } from '../../../src-main/adapters/doctor/file-rights.ts';
import { examineKeyReferences } from '../../../src-main/adapters/doctor/key-references.ts';
import { examineDescriptors, judgeDescriptors } from '../../../src-main/adapters/doctor/limits.ts';
import { judgeLock } from '../../../src-main/adapters/doctor/lock.ts';
import { examineVersions } from '../../../src-main/adapters/doctor/versions.ts';
import { folderHolder, lockFolder } from '../../../src-main/adapters/document/folder-lock.ts';
import { aDocument, aKey, aUser } from '../../support/document-fixtures.ts';
import { type TempFolder, tempFolder } from '../../support/temp-folder.ts';

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 15);

let folder: TempFolder;
beforeEach(async () => {
  folder = await tempFolder();
});
afterEach(() => folder.remove());

describe('the disk', () => {
  test('is an error below 100 MiB and a warning below 1 GiB', () => {
    expect([99, 101, 1023, 1025].map((mib) => judgeSpace(mib * MIB).severity)).toEqual([
      'error',
      'warning',
      'warning',
      'ok',
    ]);
  });

  test('is warned about where the logs fill it within two weeks', () => {
    const files = [1, 2, 3, 4].map((days) => ({ sizeBytes: 100 * MIB, changedMs: NOW - days * DAY_MS }));
    expect(judgeGrowth(files, 1000 * MIB, NOW)).toMatchObject({
      severity: 'warning',
      found: 'logs of 400 MiB, 100 MiB a day lately: the disk is full in 10 days',
    });
    expect(judgeGrowth(files, 5000 * MIB, NOW).severity).toBe('ok');
  });

  test('is looked at where the data folder would be made, and nothing is made', async () => {
    const dataDir = join(folder.path, 'not', 'yet');
    const findings = await examineDisk(dataDir, NOW);
    expect(findings[0]).toMatchObject({ subject: 'data folder', severity: 'info' });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('measures the logs that are there', async () => {
    await mkdir(join(folder.path, 'logs'));
    await writeFile(join(folder.path, 'logs', 'requests-2026-01-15.jsonl'), Buffer.alloc(2 * MIB));
    const findings = await examineDisk(folder.path, Date.now());
    expect(findings.map(({ found }) => found).join()).toContain('logs of 2.0 MiB, 2.0 MiB a day lately');
  });

  test('is an error where the data folder is a file', async () => {
    const path = join(folder.path, 'file');
    await writeFile(path, '');
    expect((await examineDisk(path, NOW))[0]).toMatchObject({ severity: 'error' });
  });
});

describe('files with keys', () => {
  test('that others may read are warned about, with the command that mends it', async () => {
    const [open, closed] = [join(folder.path, 'open.json'), join(folder.path, 'closed.json')];
    for (const path of [open, closed]) await writeFile(path, '{}');
    await chmod(open, 0o644);
    await chmod(closed, 0o600);
    expect(await examineRights([open, closed])).toEqual([
      {
        area: 'files',
        subject: open,
        severity: 'warning',
        found: 'open to every user of this computer (mode 644), and it may hold keys',
        remedy: `chmod 600 ${open}`,
      },
    ]);
    expect(await examineRights([closed])).toMatchObject([{ severity: 'ok' }]);
  });

  test('tell the Proxy-Keys whose variable is not set', () => {
    const document = aDocument({
      users: { ann: aUser() },
      proxy_keys: { a: aKey('ann', 'env:NO_SUCH_KEY'), b: aKey('ann', 'pk-of-ann') },
    });
    expect(examineKeyReferences(document, {})).toMatchObject([
      { subject: 'Proxy-Key a', found: 'NO_SUCH_KEY is not set in this environment' },
    ]);
  });
});

describe('the lock of the data folder', () => {
  test('tells who holds it, and that nobody does', async () => {
    expect(judgeLock(await folderHolder(folder.path)).found).toBe('no AIProxy uses the data folder');
    const release = await lockFolder(folder.path);
    const held = judgeLock(await folderHolder(folder.path));
    expect([held.severity, held.found]).toEqual([
      'ok',
      `AIProxy runs on the data folder: process ${process.pid}`,
    ]);
    await release();
  });

  test('that a dead process left is no trouble', async () => {
    await writeFile(join(folder.path, 'aiproxy.lock'), '999999999 long ago\n');
    expect(judgeLock(await folderHolder(folder.path))).toMatchObject({
      severity: 'info',
      found: 'left behind by process 999999999, which runs no more',
    });
    expect(await readdir(folder.path)).toEqual(['aiproxy.lock']);
  });
});

describe('limits and versions', () => {
  test('too few open files for the connections are warned about, with the figure to set', () => {
    expect(judgeDescriptors(1024, 1000)).toMatchObject({
      severity: 'warning',
      remedy: expect.stringContaining('ulimit -n 2064'),
    });
    expect(judgeDescriptors(4096, 1000).severity).toBe('ok');
    expect(judgeDescriptors(null, 1000).severity).toBe('ok');
  });

  test('the limit of this process is read from the system', async () => {
    expect((await examineDescriptors(1, null)).found).toMatch(/^at most \d+; 1 connections/);
  });

  test('the versions of what runs here are told', () => {
    const [finding] = examineVersions('2.0.0');
    expect(finding?.found).toMatch(/^AIProxy 2\.0\.0, Node 24\.\d+\.\d+, /);
  });
});
