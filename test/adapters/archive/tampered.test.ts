import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { afterEach, describe, expect, test } from 'vitest';
import { doArchiveTask } from '../../../src-main/adapters/archive/archive-work.ts';
import { archiveRoom, bytesOf, streamOf } from '../../support/archive-room.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aDocument, aUser } from '../../support/document-fixtures.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

/** An entry of an archive, as a forger writes it. */
interface Entry {
  readonly path: string;
  readonly content?: string;
  readonly type?: 'File' | 'SymbolicLink' | 'Link' | 'Directory' | 'CharacterDevice' | 'FIFO';
  readonly linkpath?: string;
  /** Where it should not be the content's. */
  readonly size?: number;
}

function block({ path, content = '', type = 'File', linkpath, size }: Entry): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  new Header({
    path,
    type,
    size: size ?? body.length,
    mode: 0o600,
    ...(linkpath === undefined ? {} : { linkpath }),
  }).encode(header, 0);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

const packed = (entries: readonly Entry[]): Buffer =>
  gzipSync(Buffer.concat([...entries.map(block), Buffer.alloc(1024)]));

const CONFIG: readonly Entry[] = [
  { path: 'config/users.json', content: '{"version":1,"users":{"new":{}}}' },
  { path: 'config/channels.json', content: '{"version":1}' },
  { path: 'config/system.json', content: '{"version":1}' },
];

const factsOf = ({ path, content = '', size }: Entry) => ({
  path,
  size_bytes: size ?? Buffer.byteLength(content),
  sha256: createHash('sha256').update(content).digest('hex'),
});

function manifestOf(entries: readonly Entry[], override: object = {}): Entry {
  const facts = { format: 1, created_at: '2026-11-21T00:00:00Z', version: '1', files: entries.map(factsOf) };
  return { path: 'manifest.json', content: JSON.stringify({ ...facts, ...override }) };
}

/** A backup as ours are. */
const whole = (entries: readonly Entry[]): Buffer => packed([manifestOf(entries), ...entries]);
const withConfig = (name: string, content: string): readonly Entry[] =>
  CONFIG.map((entry) => (entry.path === name ? { path: name, content } : entry));

/** Without a thread for each of the many; the thread itself has its own tests. */
async function room() {
  const made = await archiveRoom(cleanUp, { run: (task) => doArchiveTask(task) });
  await made.store.put('users', 'old', {});
  await made.count('2026-11-21/10+0800.json');
  return made;
}

const LINK = {
  path: 'usage/2026-11-21/10+0800.json',
  type: 'SymbolicLink',
  linkpath: '/etc/passwd',
} as const;
const extra = (entry: Entry): Buffer => whole([...CONFIG, entry]);
const REFUSED: readonly (readonly [string, Buffer, RegExp])[] = [
  ['nothing at all', Buffer.alloc(0), /damaged|no manifest/],
  ['what is no archive', Buffer.from('hello'), /damaged, or no backup/],
  [
    'an archive of something else',
    packed([{ path: 'hello.txt', content: 'x' }]),
    /does not begin with manifest/,
  ],
  ['a newer format', packed([manifestOf(CONFIG, { format: 2 }), ...CONFIG]), /format 2, of a newer AIProxy/],
  [
    'an unknown format',
    packed([manifestOf(CONFIG, { format: 0 }), ...CONFIG]),
    /manifest is not valid: format/,
  ],
  ['a manifest that is no JSON', packed([{ path: 'manifest.json', content: '{' }]), /no JSON/],
  ['a missing file', packed([manifestOf(CONFIG), ...CONFIG.slice(1)]), /users\.json is missing/],
  ['a manifest without a file of the document', whole(CONFIG.slice(1)), /does not name config\/users\.json/],
  [
    'a file that was not announced',
    packed([manifestOf(CONFIG), ...CONFIG, { path: 'usage/2026-11-21/10+0800.json' }]),
    /does not name/,
  ],
  ['a file twice', packed([manifestOf(CONFIG), ...CONFIG, ...CONFIG]), /which its manifest does not name/],
  ['a file announced twice', packed([manifestOf([...CONFIG, ...CONFIG]), ...CONFIG]), /names a file twice/],
  ['a path upwards', extra({ path: 'usage/../../evil.json', content: 'x' }), /manifest is not valid/],
  [
    'a path upwards that was not announced',
    packed([manifestOf(CONFIG), { path: '../evil' }, ...CONFIG]),
    /does not name/,
  ],
  ['an absolute path', extra({ path: '/tmp/evil.json', content: 'x' }), /manifest is not valid/],
  ['a path of Windows', extra({ path: 'usage\\..\\..\\evil.json', content: 'x' }), /manifest is not valid/],
  ['a symbolic link', extra(LINK), /no plain file/],
  ['a hard link', extra({ ...LINK, type: 'Link', linkpath: 'config/users.json' }), /no plain file/],
  ['a device', extra({ path: 'usage/2026-11-21/10+0800.json', type: 'CharacterDevice' }), /no plain file/],
  ['a pipe', extra({ path: 'usage/2026-11-21/10+0800.json', type: 'FIFO' }), /no plain file/],
  [
    'a folder',
    packed([manifestOf(CONFIG), { path: 'config/', type: 'Directory' }, ...CONFIG]),
    /no plain file/,
  ],
  ['another size', packed([manifestOf(CONFIG), ...withConfig('config/users.json', '{}')]), /another size/],
  [
    'another content',
    packed([manifestOf(CONFIG), ...withConfig('config/users.json', '{"version":1,"users":{"eve":{}}}')]),
    /another content/,
  ],
  [
    'more than a backup may hold',
    packed([manifestOf([...CONFIG, { path: 'usage/2026-11-21/10+0800.json', size: 2 ** 40 }])]),
    /more than/,
  ],
  ['a manifest without an end', packed([{ path: 'manifest.json', size: 2 ** 33 }]), /does not begin with/],
  ['zeros without an end', gzipSync(Buffer.alloc(2 ** 24)), /does not begin with/],
  [
    'much behind its end',
    gzipSync(Buffer.concat([gunzipSync(whole(CONFIG)), Buffer.alloc(2 ** 24)])),
    /more than/,
  ],
  ['an archive packed twice', gzipSync(whole(CONFIG)), /does not begin with/],
  [
    'a document of a newer version',
    whole(withConfig('config/users.json', '{"version":9}')),
    /users\.json:1:\d+: version 9/,
  ],
  [
    'a document without a version',
    whole(withConfig('config/users.json', '{"users":{}}')),
    /version is missing/,
  ],
  [
    'a document that is no JSON',
    whole(withConfig('config/users.json', '{"version":1,')),
    /config\/users\.json:1/,
  ],
  [
    'a document that does not fit itself',
    whole(withConfig('config/users.json', '{"version":1,"users":{"u":{"channels":["gone"]}}}')),
    /config\/users\.json:1:\d+: unknown channel "gone"/,
  ],
  [
    'statistics that are no JSON',
    extra({ path: 'usage/2026-11-21/10+0800.json', content: '{"v":' }),
    /10\+0800\.json cannot be read: it is no JSON/,
  ],
  [
    'statistics of no kind that is known',
    extra({ path: 'usage/2026-11-21/10+0800.json', content: '{"v":2}' }),
    /10\+0800\.json cannot be read: its version is 2/,
  ],
  ['a file of no period', extra({ path: 'usage/passwd', content: 'x' }), /manifest is not valid/],
];

describe('a restore refuses, and changes nothing for,', () => {
  test.each(REFUSED)('%s', async (_, bytes, reason) => {
    const { archive, state, files, store } = await room();
    const [before, names] = [await state(), await files()];
    const failure = archive.restore(streamOf(bytes));
    await expect(failure).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(failure).rejects.toThrow(/^nothing was restored: /);
    await expect(failure).rejects.toThrow(reason);
    expect(await state()).toEqual(before);
    expect(await files()).toEqual(names);
    expect(Object.keys(store.current.users)).toEqual(['old']);
  });

  test('but takes a forged one that is whole, so that the refusals above say something', async () => {
    const { archive, store } = await room();
    await archive.restore(streamOf(whole(CONFIG)));
    expect(Object.keys(store.current.users)).toEqual(['new']);
  });

  test('a backup cut off anywhere', async () => {
    const { archive, state } = await room();
    const bytes = await bytesOf((await archive.create()).content);
    const before = await state();
    for (let length = 0; length < bytes.length; length += 1 + Math.floor(bytes.length / 97)) {
      await expect(archive.restore(streamOf(bytes.subarray(0, length)))).rejects.toMatchObject({
        code: 'validation_failed',
      });
    }
    expect(await state()).toEqual(before);
  });
});

test('a backup in which one byte was flipped is refused, or means what it meant', async () => {
  const one = await room();
  const bytes = await bytesOf((await one.archive.create()).content);
  const meant = await one.state();
  const other = await archiveRoom(cleanUp, { run: (task) => doArchiveTask(task) });
  await other.store.replaceAll(aDocument({ users: { other: aUser() } }));
  let refused = 0;
  for (let at = 0; at < bytes.length; at += 1 + Math.floor(bytes.length / 211)) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 0x10;
    const before = await other.state();
    const outcome = await other.archive.restore(streamOf(flipped)).then(
      () => 'restored',
      (error: unknown) => Reflect.get(Object(error), 'code'),
    );
    if (outcome === 'restored') expect(await other.state()).toEqual(meant);
    else expect([outcome, await other.state()]).toEqual(['validation_failed', before]);
    refused += outcome === 'restored' ? 0 : 1;
  }
  expect(refused).toBeGreaterThan(150);
});
