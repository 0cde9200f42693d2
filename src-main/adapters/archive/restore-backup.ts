import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Document, emptyDocument } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { RestoreSummary } from '../../core/control-ports.ts';
import { systemCode } from '../../core/disk-words.ts';
import { sameValue } from '../../core/same-value.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../document/durable-write.ts';
import { type ArchiveParts, inWorkFolder } from './archive-parts.ts';
import { MOST_PACKED_BYTES, RETIRED_NAME } from './manifest.ts';
import { copyUsage, summaryOf, writeBackup } from './write-backup.ts';

/** What was there before the last restores, so that the wrong file can be taken back. */
const MOST_PREVIOUS = 3;
const PREVIOUS = /^before-restore-.*\.tar\.gz$/;

async function receive(archive: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  async function* bounded(): AsyncGenerator<Uint8Array> {
    let length = 0;
    for await (const chunk of archive) {
      length += chunk.length;
      if (length > MOST_PACKED_BYTES) throw new ProxyError('request_too_large', 'The backup is too large.');
      yield chunk;
    }
  }
  await pipeline(bounded(), createWriteStream(path, { flags: 'wx', mode: PRIVATE_FILE }));
}

/** Backs up what is there now. @returns its file, `null` where there is nothing yet */
async function keepPresent(parts: ArchiveParts): Promise<string | null> {
  const { dataDir, store, clock } = parts;
  if (sameValue(store.current, emptyDocument())) return null;
  const folder = join(dataDir, 'backups');
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  const mark = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  const path = join(folder, `before-restore-${mark}.tar.gz`);
  await writeBackup(parts, path);
  const kept = (await readdir(folder)).filter((name) => PREVIOUS.test(name)).sort();
  for (const name of kept.slice(0, -MOST_PREVIOUS)) await rm(join(folder, name), { force: true });
  return path;
}

/** Without a token of its own the backup would leave nobody who may come in. */
function withAdminToken(document: Document, before: Document): Document {
  const admin_token_hash = document.system.admin_token_hash ?? before.system.admin_token_hash;
  return admin_token_hash === undefined
    ? document
    : { ...document, system: { ...document.system, admin_token_hash } };
}

/** Adds what was deleted where the backup was made to what was deleted here. */
async function takeRetired({ retired }: ArchiveParts, path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  });
  await retired.merge(text);
}

/**
 * Both or neither.
 * @param counted the statistics, in a folder that is taken away
 * @returns the name under which the old ones are kept beside them
 */
async function replaceBoth(
  { store, usage }: ArchiveParts,
  document: Document,
  counted: string,
): Promise<string> {
  const before = store.current;
  try {
    await store.replaceAll(document);
    return await usage.replaceWith(counted);
  } catch (error) {
    if (store.current !== before) await store.replaceAll(before);
    throw error;
  }
}

/**
 * Puts a backup in the place of configuration and statistics. Everything is received, unpacked and checked before
 * anything is changed, and what is there now is kept as a backup.
 * @throws ArchiveProblem where it is not whole; ProxyError; the system's error
 */
export async function restoreBackup(
  parts: ArchiveParts,
  archive: AsyncIterable<Uint8Array>,
): Promise<RestoreSummary> {
  const { dataDir, store, usage, run } = parts;
  if (store.readOnly !== null) throw new ProxyError('config_read_only', store.readOnly);
  return inWorkFolder(dataDir, async (work) => {
    const [packed, folder] = [join(work, 'packed'), join(work, 'content')];
    await receive(archive, packed);
    const { manifest, document } = await run({ kind: 'unpack', archive: packed, folder });
    if (document === null) throw new Error('an unpacked backup has a document');
    const previous = await keepPresent(parts);
    const before = store.current;
    const counted = await usage.besideUsage();
    try {
      await copyUsage(join(folder, 'usage'), counted);
      // First, because more names and ids of what is gone change nothing where the rest fails.
      await takeRetired(parts, join(folder, RETIRED_NAME));
      const old = await replaceBoth(parts, withAdminToken(document, before), counted);
      // What was kept holds them too.
      if (previous !== null) await rm(join(dataDir, old), { recursive: true, force: true });
    } finally {
      // Moved away where all went well.
      await rm(counted, { recursive: true, force: true });
    }
    const admin_token_changed = store.current.system.admin_token_hash !== before.system.admin_token_hash;
    return { ...summaryOf(manifest), admin_token_changed, previous };
  });
}
