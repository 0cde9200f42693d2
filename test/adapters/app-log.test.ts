import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { WriteStream } from 'node:tty';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AppLogOptions, createAppLog, paintFor } from '../../src-main/adapters/app-log.ts';
import { secretMatcher } from '../../src-main/core/redact.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createFakeLogDisk } from '../support/fake-log-disk.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';

let temp: TempFolder;
let shown: string;

beforeEach(async () => {
  temp = await tempFolder();
  shown = '';
});
afterEach(() => temp.remove());

const open = (others: Partial<AppLogOptions> = {}) =>
  createAppLog({
    folder: temp.path,
    clock: createFakeClock(Date.UTC(2026, 0, 31, 12)),
    timeZone: 'UTC',
    level: 'info',
    stderr: { write: (text) => (shown += text) },
    ...others,
  });
const logged = async (): Promise<unknown[]> => {
  const text = await readFile(join(temp.path, 'aiproxy-2026-01-31.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

describe('the application’s log', () => {
  it('has the same lines as JSON in its file and plainly on standard error', async () => {
    const log = open();
    log.info('the proxy listens', {
      address: 'http://127.0.0.1:8001',
      users: 3,
      note: 'two words',
      none: null,
    });
    log.warn('no TLS');
    await log.close();
    expect(await logged()).toEqual([
      {
        time: '2026-01-31T12:00:00.000Z',
        level: 'info',
        message: 'the proxy listens',
        address: 'http://127.0.0.1:8001',
        users: 3,
        note: 'two words',
        none: null,
      },
      { time: '2026-01-31T12:00:00.000Z', level: 'warn', message: 'no TLS' },
    ]);
    expect(shown).toBe(
      '2026-01-31T12:00:00.000Z INFO the proxy listens address=http://127.0.0.1:8001 users=3 note="two words" none=null\n' +
        '2026-01-31T12:00:00.000Z WARN no TLS\n',
    );
  });

  it('leaves out what is below its level, which can change meanwhile', async () => {
    const log = open({ level: 'warn' });
    log.info('1');
    log.warn('2');
    log.setLevel('debug');
    log.debug('3');
    log.setLevel('error');
    log.warn('4');
    log.error('5');
    await log.close();
    expect(await logged()).toMatchObject([{ message: '2' }, { message: '3' }, { message: '5' }]);
  });

  it('never leaves a line, whatever a message holds', async () => {
    const log = open();
    log.info('one\ntwo\r\u001b[31mred\u2028', { stack: 'a\n  at b', odd: '\u0085"' });
    await log.close();
    expect(shown.split('\n')).toHaveLength(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(shown.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028]/);
    expect(await logged()).toMatchObject([{ message: 'one\ntwo\r\u001b[31mred\u2028', odd: '\u0085"' }]);
  });

  it('keeps fields that are named like its own members', async () => {
    const log = open();
    log.info('said', { time: 'x', level: 'y', message: 'z' });
    await log.close();
    expect(await logged()).toMatchObject([{ message: 'said', _time: 'x', _level: 'y', _message: 'z' }]);
  });
});

describe('what the application’s log does not show', () => {
  it('is any secret, neither one that is configured nor one that looks like it', async () => {
    const secrets = { now: secretMatcher([]) };
    const log = open({ secrets: () => secrets.now });
    secrets.now = secretMatcher(['opaque and configured']);
    log.error('refused: opaque and configured', {
      header: 'Bearer abcdefghijkl',
      path: '/x?key=abcdefghijkl',
    });
    await log.close();
    const file = await readFile(join(temp.path, 'aiproxy-2026-01-31.jsonl'), 'utf8');
    for (const text of [file, shown]) {
      expect(text).not.toContain('configured');
      expect(text).not.toContain('hijkl');
      expect(text).toContain('***ured');
    }
  });

  it('is more than a bounded part of what is far too long, cut only after it was searched for secrets', async () => {
    const log = open();
    log.info(`${'x '.repeat(8190)}Bearer abcdefghijklmnop${' y'.repeat(100_000)}`);
    await log.close();
    expect(shown.length).toBeLessThan(17_000);
    expect(shown).not.toContain('abcde');
  });
});

describe('an application’s log in trouble', () => {
  it('says on standard error that its disk fails', async () => {
    const disk = createFakeLogDisk();
    disk.failWith = 'ENOSPC';
    const log = open({ disk });
    log.info('hello');
    await log.close();
    expect(shown).toContain(
      'ERROR the log cannot be written; its lines wait in memory log=aiproxy reason=ENOSPC',
    );
  });

  it('goes on when nobody reads standard error any more', async () => {
    const write = () => {
      throw new Error('EPIPE');
    };
    const log = open({ stderr: { write } });
    log.info('hello');
    await log.close();
    expect(await logged()).toHaveLength(1);
  });

  it('can do without standard error, and forgets old days like the request log', async () => {
    const log = open({ stderr: null });
    log.configure({ timeZone: 'UTC', retentionDays: 1 });
    log.info('hello');
    await log.flush();
    expect(await readdir(temp.path)).toEqual(['aiproxy-2026-01-31.jsonl']);
    await log.close();
  });
});

describe('the lines for people', () => {
  /** What is shown, as a terminal or a pipe gets it. */
  const line = async (isTerminal: boolean, env: Readonly<Record<string, string>> = {}): Promise<string> => {
    // Node asks all of these; a continuous integration sets CI.
    for (const name of [
      'NO_COLOR',
      'FORCE_COLOR',
      'NODE_DISABLE_COLORS',
      'CI',
      'TEAMCITY_VERSION',
      'TF_BUILD',
    ])
      vi.stubEnv(name, env[name]);
    vi.stubEnv('TERM', 'xterm-256color');
    const stream = Object.assign(new PassThrough(), {
      isTTY: isTerminal,
      getColorDepth: WriteStream.prototype.getColorDepth,
    });
    const log = open({ stderr: stream, paint: paintFor(stream) });
    log.warn('no TLS');
    await log.close();
    vi.unstubAllEnvs();
    return String(stream.read());
  };
  const PLAIN = '2026-01-31T12:00:00.000Z WARN no TLS\n';
  const COLOURED = '\u001b[2m2026-01-31T12:00:00.000Z\u001b[22m \u001b[33mWARN\u001b[39m no TLS\n';

  it('are coloured by level in a terminal, and never in a pipe or the file', async () => {
    expect([await line(true), await line(false)]).toEqual([COLOURED, PLAIN]);
    expect(JSON.stringify(await logged())).not.toContain('u001b');
  });

  it('obey NO_COLOR and FORCE_COLOR', async () => {
    expect(await line(true, { NO_COLOR: '1' })).toBe(PLAIN);
    expect(await line(false, { FORCE_COLOR: '1' })).toBe(COLOURED);
  });
});
