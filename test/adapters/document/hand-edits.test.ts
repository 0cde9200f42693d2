import { rename, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { nextDocument, type TestStore, testStore } from '../../support/test-store.ts';

let cleanUp: CleanUp;
let folder: TestStore;
const users = (names: Record<string, object>) => ({ version: 1, users: names, proxy_keys: {}, groups: {} });

beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
  await folder.write('users.json', users({ a: { name: 'A' }, b: { name: 'B' } }));
});
afterEach(() => cleanUp.run());

describe('a change by hand', () => {
  it('is picked up', async () => {
    const { store } = await folder.open();
    const published = nextDocument(store);
    await folder.write('users.json', users({ a: { name: 'changed' } }));
    expect((await published).users).toEqual({ a: { name: 'changed' } });
  });

  it('is picked up where the editor saves by renaming', async () => {
    const { store } = await folder.open();
    const published = nextDocument(store);
    await folder.write('users.json~', users({ a: { name: 'renamed' } }));
    await rename(folder.file('users.json~'), folder.file('users.json'));
    expect((await published).users).toEqual({ a: { name: 'renamed' } });
  });

  it('is not reported while the editor has written only half of it', async () => {
    const { store } = await folder.open();
    const published = nextDocument(store);
    const whole = JSON.stringify(users({ a: { name: 'whole' } }));
    await folder.write('users.json', whole.slice(0, 30));
    await folder.log.heard(/looked at once more/);
    await folder.write('users.json', whole);
    expect((await published).users).toEqual({ a: { name: 'whole' } });
    expect(folder.log.lines.filter((line) => line.includes('refused'))).toEqual([]);
  });

  it('keeps records that did not change as the very same objects', async () => {
    const { store } = await folder.open();
    const before = store.current;
    const published = nextDocument(store);
    await folder.write('users.json', users({ a: { name: 'changed' }, b: { name: 'B' } }));
    const after = await published;
    expect(after.users.b).toBe(before.users.b);
    expect(after.channels).toBe(before.channels);
  });
});

describe('an invalid change by hand', () => {
  it.each([
    ['a syntax error', '{\n  "version": 1,\n  "users": {,}\n}', /users\.json:3:13: not valid JSON/],
    ['a wrong type', '{\n  "version": 1,\n  "users": { "a": { "name": 5 } }\n}', /users\.json:3:21: name: /],
    [
      'an unknown channel',
      '{"version":1,\n"users":{"a":{"channels":["no"]}}}',
      /users\.json:2:27: unknown channel "no"/,
    ],
    [
      'a member that stands twice',
      '{"version":1,\n"users":{"a":{},\n"a":{}}}',
      /users\.json:3:1: the member "a" stands twice/,
    ],
  ])(
    'is refused with file, line, column and reason; the running one stays: %s',
    async (_what, text, reason) => {
      const { store } = await folder.open();
      const before = store.current;
      await folder.write('users.json', text);
      await folder.log.heard(reason);
      expect(store.current).toBe(before);
      await expect(store.put('users', 'c', {})).rejects.toMatchObject({ code: 'conflict' });
      expect(await folder.read('users.json')).toBe(text);
    },
  );

  it('is refused where the same Proxy-Key stands twice', async () => {
    const { store } = await folder.open();
    const key = { key: 'pk-same', user: 'a' };
    await folder.write('users.json', { ...users({ a: {} }), proxy_keys: { k1: key, k2: key } });
    expect(await folder.log.heard(/the same Proxy-Key already stands in proxy_keys "k1"/)).toMatch(
      /users\.json:\d+:\d+/,
    );
    expect(store.current.proxy_keys).toEqual({});
  });

  it('is taken over once another file makes it right', async () => {
    const { store } = await folder.open();
    await folder.write('users.json', users({ a: { channels: ['c'] } }));
    await folder.log.heard(/unknown channel "c"/);
    const published = nextDocument(store);
    await folder.write('channels.json', { version: 1, channels: { c: { platform: 'openai' } } });
    expect((await published).users).toEqual({ a: { channels: ['c'] } });
  });

  it('is told by file name where the file is missing, and the next change writes it again', async () => {
    const { store } = await folder.open();
    await rm(folder.file('users.json'));
    await folder.log.heard(/users\.json:1:1: no such file/);
    expect(Object.keys(store.current.users)).toEqual(['a', 'b']);
    await store.put('users', 'c', {});
    expect(Object.keys(JSON.parse(await folder.read('users.json')).users)).toEqual(['a', 'b', 'c']);
  });
});

describe('a change by hand while changes are saved', () => {
  it('is kept beside a change to another record', async () => {
    const { store } = await folder.open();
    await folder.write('users.json', users({ a: { name: 'by hand' }, b: { name: 'B' } }));
    await store.put('users', 'b', { name: 'by API' });
    const expected = { a: { name: 'by hand' }, b: { name: 'by API' } };
    expect(JSON.parse(await folder.read('users.json')).users).toEqual(expected);
    expect(store.current.users).toEqual(expected);
  });

  it('wins over a change to the same record, which is a conflict', async () => {
    const { store } = await folder.open();
    await folder.write('users.json', users({ a: { name: 'by hand' }, b: { name: 'B' } }));
    await expect(store.put('users', 'a', { name: 'by API' })).rejects.toMatchObject({
      code: 'conflict',
      status: 409,
    });
    expect(store.current.users.a).toEqual({ name: 'by hand' });
    await store.put('users', 'a', { name: 'again' });
    expect(store.current.users.a).toEqual({ name: 'again' });
  });

  it('is told from our own write, which publishes nothing a second time', async () => {
    const { store } = await folder.open();
    let published = 0;
    store.subscribe(() => {
      published += 1;
    });
    await store.put('users', 'c', {});
    const later = nextDocument(store);
    await writeFile(folder.file('users.json'), JSON.stringify(users({ z: {} })));
    expect(Object.keys((await later).users)).toEqual(['z']);
    expect(published).toBe(2);
  });
});

describe('what is not touched by a change', () => {
  it('stays byte for byte as it was written', async () => {
    const text =
      '{"version":1,\t"_note": "mine",\n "users": {"a" :{ "name":"A"  },\n\n   "b": {"name": "B", "mine": [1,2]} } }\n';
    await folder.write('users.json', text);
    const { store, notices } = await folder.open();
    await store.put('users', 'a', { name: 'new' });
    const expected = text.replace('{ "name":"A"  }', '{ "name": "new" }');
    expect(await folder.read('users.json')).toBe(expected);
    expect(notices.at(-1)).toMatch(/users\.json:4:23: unknown member "mine"/);
  });
});
