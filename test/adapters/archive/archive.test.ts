import { open, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { doArchiveTask } from '../../../src-main/adapters/archive/archive-work.ts';
import { REAL_WRITE_CALLS } from '../../../src-main/adapters/document/durable-write.ts';
import { openRetiredIds } from '../../../src-main/adapters/retired-ids.ts';
import { archiveRoom, bytesOf, streamOf } from '../../support/archive-room.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../../support/document-fixtures.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const DOCUMENT = aDocument({
  channels: {
    first: aChannel('openai', 'https://api.example.com', 'channel-key-1', { allow_private: false }),
    second: aChannel('openai', 'https://api.example.com', 'env:SECOND_KEY', { allow_private: false }),
  },
  users: { anna: aUser({ channels: ['first'], name: '张三 <&>' }) },
  proxy_keys: { a: aKey('anna', 'pk-of-anna') },
  system: { log_level: 'warn', admin_token_hash: 'ab'.repeat(32) },
});

async function fullRoom() {
  const room = await archiveRoom(cleanUp);
  await room.store.replaceAll(DOCUMENT);
  await room.count('2026-11-21/10+0800.json');
  await room.count('months/2026-10+0800.json');
  return room;
}

describe('a backup', () => {
  test('of one data folder restored into another gives the same document and the same statistics', async () => {
    const one = await fullRoom();
    const { summary, content, packedBytes } = await one.archive.create();
    const bytes = await bytesOf(content);
    expect(bytes).toHaveLength(packedBytes);
    const other = await archiveRoom(cleanUp);
    const restored = await other.archive.restore(streamOf(bytes));
    expect(restored).toEqual({ ...summary, admin_token_changed: true, previous: null });
    expect(summary).toMatchObject({ files: 5, version: '1.2.3' });
    expect(await other.state()).toEqual(await one.state());
  });

  test('takes along the names of what was deleted, and adds them to those that are known there', async () => {
    const one = await fullRoom();
    const here = await openRetiredIds(join(one.dataDir, 'state', 'retired-ids.jsonl'));
    await here.add('users', ['gone', 'both', 'toString'], { gone: { name: 'Gone' }, both: { name: 'Old' } });
    const path = join(one.dataDir, 'list-of-another.jsonl');
    const there = await openRetiredIds(path);
    await there.add('users', ['both'], { both: { name: 'New' } });
    await there.add('channels', ['away']);
    const other = await archiveRoom(cleanUp, { retired: there });
    await other.archive.restore((await one.archive.create()).content);
    const after = await openRetiredIds(path);
    expect(['gone', 'both', 'toString'].map((id) => after.nameOf('users', id))).toEqual([
      'Gone',
      'New',
      null,
    ]);
    expect(after.has('users', 'toString') && after.has('channels', 'away')).toBe(true);
  });

  test('leaves references to the environment as they are', async () => {
    const one = await fullRoom();
    const other = await archiveRoom(cleanUp);
    await other.archive.restore((await one.archive.create()).content);
    expect(other.store.current.channels.second?.api_key).toBe('env:SECOND_KEY');
  });

  test('leaves no copy of the keys lying about once it has been read, or is not wanted', async () => {
    const room = await fullRoom();
    const before = await room.files();
    await bytesOf((await room.archive.create()).content);
    await (await room.archive.create()).content.cancel();
    await expect.poll(() => room.files()).toEqual(before);
  });

  test.skipIf(process.platform === 'win32')('is for its owner alone', async () => {
    const room = await fullRoom();
    const file = join(room.dataDir, 'mine.tar.gz');
    await room.archive.createAt(file, false);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('replaces no file unless that was asked for', async () => {
    const room = await fullRoom();
    const file = join(room.dataDir, 'mine.tar.gz');
    await writeFile(file, 'dear to me');
    await expect(room.archive.createAt(file, false)).rejects.toMatchObject({ code: 'conflict' });
    expect((await stat(file)).size).toBe(10);
    await room.archive.createAt(file, true);
    expect((await stat(file)).size).toBeGreaterThan(100);
  });

  test('takes along no half-written file and none that was set aside', async () => {
    const room = await fullRoom();
    await room.count('2026-11-21/11+0800.json.tmp', '{"v":');
    await room.count('2026-11-21/12+0800.json.bad', '{"v":');
    await room.count('latest.json');
    const { summary, content } = await room.archive.create();
    await content.cancel();
    expect(summary.files).toBe(5);
  });
});

describe('a backup that fails', () => {
  test('leaves nothing behind where the disk is full while it is written', async () => {
    const full: typeof open = async (path, ...rest) => {
      const handle = await open(path, ...rest);
      handle.writeFile = async () => {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      };
      return handle;
    };
    const room = await archiveRoom(cleanUp, {
      run: (task) => doArchiveTask(task, { ...REAL_WRITE_CALLS, open: full }),
    });
    const before = await room.files();
    const file = join(room.dataDir, 'mine.tar.gz');
    await expect(room.archive.createAt(file, false)).rejects.toMatchObject({
      code: 'storage_failed',
      message: 'the backup could not be made: the disk is full',
    });
    await expect(room.archive.create()).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await room.files()).toEqual(before);
  });

  test('is none where it cannot be read back', async () => {
    const garbling: typeof open = async (path, ...rest) => {
      const handle = await open(path, ...rest);
      handle.sync = async () => void (await handle.write(Buffer.from('#'), 0, 1, 40));
      return handle;
    };
    const room = await archiveRoom(cleanUp, {
      run: (task) => doArchiveTask(task, { ...REAL_WRITE_CALLS, open: garbling }),
    });
    const file = join(room.dataDir, 'mine.tar.gz');
    await expect(room.archive.createAt(file, false)).rejects.toMatchObject({ code: 'validation_failed' });
    expect(await readdir(room.dataDir)).not.toContain('mine.tar.gz');
  });

  test('says so where its folder does not exist', async () => {
    const room = await archiveRoom(cleanUp);
    const file = join(room.dataDir, 'none', 'mine.tar.gz');
    await expect(room.archive.createAt(file, false)).rejects.toThrow('no such folder');
  });
});

describe('a restore', () => {
  test('keeps what was there before as a backup that takes it back', async () => {
    const room = await fullRoom();
    const { content } = await (await archiveRoom(cleanUp)).archive.create();
    const before = await room.state();
    const { previous } = await room.archive.restore(content);
    expect(room.store.current.users).toEqual({});
    if (previous === null) throw new Error('nothing was kept');
    const handle = await open(previous);
    await room.archive.restore(handle.readableWebStream() as ReadableStream<Uint8Array>);
    expect(await room.state()).toEqual(before);
    await handle.close();
  });

  test('keeps the present admin token where the backup has none', async () => {
    const room = await fullRoom();
    const { content } = await (await archiveRoom(cleanUp)).archive.create();
    const { admin_token_changed } = await room.archive.restore(content);
    expect(admin_token_changed).toBe(false);
    expect(room.store.current.system).toEqual({ admin_token_hash: 'ab'.repeat(32) });
  });

  test('puts the configuration back where the statistics cannot be replaced', async () => {
    const { content } = await (await fullRoom()).archive.create();
    const room = await archiveRoom(cleanUp, (dataDir) => ({
      usage: {
        freeze: (work) => work(join(dataDir, 'usage')),
        besideUsage: async () => join(dataDir, 'usage-new'),
        replaceWith: async () => {
          throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        },
      },
    }));
    await room.store.put('users', 'kept', {});
    const before = await room.state();
    await expect(room.archive.restore(content)).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await room.state()).toEqual(before);
  });

  test('is refused while a backup is being made', async () => {
    const room = await fullRoom();
    const { content } = await room.archive.create();
    const making = room.archive.createAt(join(room.dataDir, 'x.tar.gz'), false);
    await expect(room.archive.restore(content)).rejects.toMatchObject({ code: 'conflict' });
    await making;
    await content.cancel();
  });
});
