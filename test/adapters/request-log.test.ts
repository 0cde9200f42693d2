import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequestLog, type RequestLogOptions } from '../../src-main/adapters/request-log.ts';
import { systemClock } from '../../src-main/adapters/system-clock.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aRecord } from '../support/request-record.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';

let temp: TempFolder;
let folder: string;
const said: string[] = [];

beforeEach(async () => {
  temp = await tempFolder();
  folder = join(temp.path, 'logs');
  said.length = 0;
});
afterEach(() => temp.remove());

const options = (others: Partial<RequestLogOptions> = {}): RequestLogOptions => ({
  folder,
  clock: createFakeClock(Date.UTC(2026, 0, 31, 12)),
  timeZone: 'UTC',
  onProblem: (message) => said.push(message),
  ...others,
});
const today = () => join(folder, 'requests-2026-01-31.jsonl');
const ids = (text: string) =>
  text.split('\n').flatMap((line) => /"request_id":"([^"]+)"/.exec(line)?.[1] ?? []);

describe('the request log', () => {
  it('is a file of the day with one line per request, which only its owner can read', async () => {
    const log = createRequestLog(options());
    log.append(aRecord({ request_id: 'a' }));
    log.append(aRecord({ request_id: 'b', user: '张三' }));
    await log.flush();
    const text = await readFile(today(), 'utf8');
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { request_id: 'a', user: 'alice' },
      { request_id: 'b', user: '张三' },
    ]);
    expect((await stat(today())).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await log.close();
  });

  it('is written a moment later without being asked to', async () => {
    const log = createRequestLog(options({ clock: systemClock }));
    log.append(aRecord());
    await expect.poll(() => readdir(folder).catch(() => [])).toHaveLength(1);
    const [name = ''] = await readdir(folder);
    await expect.poll(() => readFile(join(folder, name), 'utf8')).toMatch(/\}\n$/);
    await log.close();
  });

  it('goes on behind what is there', async () => {
    for (const id of ['a', 'b']) {
      const log = createRequestLog(options());
      log.append(aRecord({ request_id: id }));
      await log.close();
    }
    expect(ids(await readFile(today(), 'utf8'))).toEqual(['a', 'b']);
  });

  it('forgets days of which it was told to keep fewer', async () => {
    const log = createRequestLog(options());
    log.append(aRecord());
    await log.flush();
    await writeFile(join(folder, 'requests-2026-01-20.jsonl'), '');
    log.configure({ timeZone: 'UTC', retentionDays: 7 });
    await log.flush();
    expect(await readdir(folder)).toEqual(['requests-2026-01-31.jsonl']);
    await log.close();
  });

  it('takes a request that cannot be written down without failing, and says so', async () => {
    const log = createRequestLog(options());
    log.append(aRecord({ time: Number.NaN }));
    log.append(aRecord({ request_id: 'next' }));
    await log.close();
    expect(said).toEqual(['a request could not be logged']);
    expect(ids(await readFile(today(), 'utf8'))).toEqual(['next']);
  });

  it('survives that its folder is deleted under it', async () => {
    const log = createRequestLog(options());
    log.append(aRecord({ request_id: 'a' }));
    await log.flush();
    await rm(folder, { recursive: true });
    log.append(aRecord({ request_id: 'b' }));
    await log.close();
    expect(ids(await readFile(today(), 'utf8'))).toEqual(['b']);
  });

  it('says that its folder cannot be made, and does not fail', async () => {
    await appendFile(folder, 'a file where the folder should be');
    const log = createRequestLog(options());
    log.append(aRecord());
    await log.close();
    expect(said.join()).toContain('cannot be written');
  });
});

describe('a request log whose process is killed', () => {
  it('has lost no flushed line and torn none, and the next process goes on cleanly', async () => {
    const script = resolve(import.meta.dirname, '../support/appending-process.ts');
    const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let flushed = 0;
    for await (const line of createInterface(child.stdout)) {
      flushed = Number(line);
      if (flushed >= 20_000) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

    const [name = ''] = await readdir(folder);
    const clock = createFakeClock(Date.parse(`${name.slice(9, 19)}T12:00:00Z`));
    await appendFile(join(folder, name), '{"v":1,"time":"20');
    const next = createRequestLog(options({ clock }));
    next.append(aRecord({ request_id: 'next' }));
    await next.close();

    const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
    const torn = lines.filter((line) => line !== '' && !line.endsWith('}'));
    expect(torn).toHaveLength(1);
    const logged = ids(lines.filter((line) => line.endsWith('}')).join('\n'));
    expect(logged.slice(0, flushed)).toEqual(Array.from({ length: flushed }, (_, n) => `req_${n}`));
    expect(logged.at(-1)).toBe('next');
    expect(said.join()).toContain('cut off');
  });
});
