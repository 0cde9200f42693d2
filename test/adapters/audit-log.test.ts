import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type AuditLogOptions, createAuditLog } from '../../src-main/adapters/audit-log.ts';
import { LogSearch } from '../../src-main/adapters/log-search/log-search.ts';
import type { AuditQuestion } from '../../src-main/core/control-ports.ts';
import { redactText, secretMatcher } from '../../src-main/core/redact.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const NOON = Date.UTC(2026, 0, 31, 12);
const ALL: AuditQuestion = { fromMs: null, untilMs: null, limit: 100, cursor: null };
const ADMIN = { kind: 'admin_token', address: '127.0.0.1' } as const;

async function auditLog(options: Partial<AuditLogOptions> = {}) {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const clock = createFakeClock(NOON);
  const search = cleanUp.closing(new LogSearch(folder.path, clock));
  const problems: string[] = [];
  const log = cleanUp.closing(
    createAuditLog({
      folder: folder.path,
      clock,
      timeZone: 'UTC',
      mask: (text) => redactText(text, secretMatcher(['canary-secret-1'])),
      search,
      onProblem: (message) => problems.push(message),
      ...options,
    }),
  );
  const files = async () => (await readdir(folder.path)).sort();
  const text = async (name: string) => readFile(join(folder.path, name), 'utf8');
  return { log, clock, folder: folder.path, files, text, problems };
}

describe('the audit log', () => {
  it('has a line in the file of the day once appending resolves', async () => {
    const { log, text } = await auditLog();
    await log.append({ actor: ADMIN, action: 'user.create', target: 'usr_1' });
    expect(JSON.parse(await text('audit-2026-01-31.jsonl'))).toEqual({
      v: 1,
      time: '2026-01-31T12:00:00.000Z',
      actor: ADMIN,
      action: 'user.create',
      target: 'usr_1',
    });
  });

  it('keeps what changed, before and after', async () => {
    const { log } = await auditLog();
    const changes = [{ member: 'limits.concurrency', before: null, after: { deep: [1, 'two'] } }];
    await log.append({ actor: ADMIN, action: 'user.update', target: 'usr_1', changes });
    expect((await log.find(ALL)).items[0]?.changes).toEqual(changes);
  });

  it('masks a configured secret that a caller let slip, wherever it stands', async () => {
    const { log, text } = await auditLog();
    const canary = 'canary-secret-1';
    const changes = [{ member: 'notes', before: canary, after: { deep: [`is ${canary}`] } }];
    await log.append({ actor: ADMIN, action: 'x', target: null, changes, details: { why: canary } });
    const written = await text('audit-2026-01-31.jsonl');
    expect(written).not.toContain(canary);
    expect(JSON.parse(written).details).toEqual({ why: '***et-1' });
  });

  it('writes a file only its owner may read', async () => {
    const { log, folder } = await auditLog();
    await log.append({ actor: ADMIN, action: 'x', target: null });
    expect((await stat(join(folder, 'audit-2026-01-31.jsonl'))).mode & 0o777).toBe(0o600);
  });

  it('puts a line with line ends in its values on one line', async () => {
    const { log, text } = await auditLog();
    await log.append({ actor: ADMIN, action: 'x', target: 'a\nb\u2028c' });
    expect((await text('audit-2026-01-31.jsonl')).split(/[\n\u2028]/)).toHaveLength(2);
  });
});

describe('what admins did', () => {
  it('is found newest first, over the change of days', async () => {
    const { log, clock } = await auditLog();
    for (const target of ['one', 'two', 'three']) {
      await log.append({ actor: ADMIN, action: 'x', target });
      await clock.advanceAsync(24 * 3_600_000);
    }
    const { items, next } = await log.find(ALL);
    expect(items.map((entry) => entry.target)).toEqual(['three', 'two', 'one']);
    expect(next).toBeNull();
  });

  it('is found by action, target, part of a text, and time', async () => {
    const { log, clock } = await auditLog();
    await log.append({ actor: ADMIN, action: 'user.create', target: 'usr_1', details: { name: 'Änne' } });
    await clock.advanceAsync(60_000);
    await log.append({ actor: ADMIN, action: 'user.delete', target: 'usr_1' });
    const targets = async (question: Partial<AuditQuestion>) =>
      (await log.find({ ...ALL, ...question })).items.map((entry) => entry.action);
    expect(await targets({ action: 'user.create' })).toEqual(['user.create']);
    expect(await targets({ target: 'usr_1' })).toEqual(['user.delete', 'user.create']);
    expect(await targets({ text: 'äNN' })).toEqual(['user.create']);
    expect(await targets({ fromMs: NOON + 60_000 })).toEqual(['user.delete']);
    expect(await targets({ untilMs: NOON + 60_000 })).toEqual(['user.create']);
    expect(await targets({ target: 'usr_2' })).toEqual([]);
  });
});

describe('the files of the audit log', () => {
  it('are deleted beyond their retention', async () => {
    const { log, clock, files } = await auditLog({ retentionDays: 2 });
    for (let day = 0; day < 4; day += 1) {
      await log.append({ actor: ADMIN, action: 'x', target: null });
      await clock.advanceAsync(24 * 3_600_000);
    }
    await log.append({ actor: ADMIN, action: 'x', target: null });
    expect(await files()).toEqual([
      'audit-2026-02-02.jsonl',
      'audit-2026-02-03.jsonl',
      'audit-2026-02-04.jsonl',
    ]);
  });

  it('hold what waited when it was closed', async () => {
    const { log, text } = await auditLog();
    void log.append({ actor: ADMIN, action: 'last', target: null });
    await log.close();
    expect(await text('audit-2026-01-31.jsonl')).toContain('"last"');
  });
});
