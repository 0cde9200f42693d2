import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runScript } from '../scripts/run-script.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { closedPort } from '../support/closed-port.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startAnthropic } from '../support/stand-ins/anthropic.ts';
import { startAzure } from '../support/stand-ins/azure.ts';
import { startDashScope } from '../support/stand-ins/dashscope.ts';
import { startGemini } from '../support/stand-ins/gemini.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';
import { CANARIES, canaryValue, SECRETS } from './canaries/canaries.ts';
import { canaryDocument, ENVIRONMENT } from './canaries/configuration.ts';
import { ConsoleDrive } from './canaries/drive-console.ts';
import { ProxyDrive } from './canaries/drive-proxy.ts';
import { Evidence } from './canaries/evidence.ts';
import { BROKEN_FILES, NEARLY_RIGHT } from './canaries/mistakes.ts';
import { type Leak, leakSearch } from './canaries/search.ts';

const MINUTES = 120_000;
/** Faults within a minute after which the program ends. */
const TOO_MANY_FAULTS = 20;
/** As many characters as do not stand in a row twice by chance. */
const NEVER_BY_CHANCE = 12;

const cleanUp = createCleanUp();
afterAll(cleanUp.run);

/** What the program writes while it is driven. */
const FILES = ['logs/requests-', 'logs/aiproxy-', 'logs/audit-', 'usage/', 'state/bound-ids'];

const evidence = new Evidence();
/** Secrets that came into being on the way. */
const learned: Record<string, string> = { adminToken: CANARIES.adminToken.secret };
let program: Program;
let dataDir = '';

function leaks(): readonly Leak[] {
  const configured = leakSearch(SECRETS);
  const made = leakSearch(learned, NEVER_BY_CHANCE);
  return evidence.texts.flatMap(([where, text]) => [...configured(where, text), ...made(where, text)]);
}

async function startPlatforms() {
  const openai = cleanUp.closing(await startOpenAi({ apiKey: canaryValue('openaiKey') }));
  const anthropic = cleanUp.closing(await startAnthropic({ apiKey: canaryValue('anthropicKey') }));
  const gemini = cleanUp.closing(await startGemini({ apiKey: canaryValue('geminiKey') }));
  const dashscope = cleanUp.closing(await startDashScope({ apiKey: canaryValue('dashscopeKey') }));
  const azure = cleanUp.closing(await startAzure({ apiKey: canaryValue('azureKey') }));
  return {
    openai: openai.url,
    anthropic: anthropic.url,
    gemini: gemini.url,
    dashscope: dashscope.url,
    azure: azure.url,
    nowhere: `http://127.0.0.1:${await closedPort()}`,
  };
}

async function tlsFiles() {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const { cert, key } = selfSigned();
  const files = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
  await Promise.all([writeFile(files.cert, cert), writeFile(files.key, key)]);
  const lines = key.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  for (const [at, line] of lines.entries()) learned[`line ${at + 1} of the TLS key`] = line;
  return files;
}

beforeAll(async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  dataDir = folder.path;
  await writeDocument(dataDir, canaryDocument({ ...(await startPlatforms()), tls: await tlsFiles() }));
  const preload = new URL('canaries/throw-on-signal.js', import.meta.url);
  program = cleanUp.closing(
    await startProgram(dataDir, [], {
      ...ENVIRONMENT,
      CANARY_FAULT: `Bearer ${canaryValue('dashscopeKey')} ${canaryValue('annsOtherKey')}`,
      AIPROXY_ADMIN_TOKEN: canaryValue('runToken'),
      AIPROXY_LOG_LEVEL: 'debug',
      NODE_OPTIONS: `--import ${preload.href}`,
    }),
  );
}, MINUTES);

const OwnKey = z.object({ id: z.string(), key: z.string() });
const NewToken = z.object({ admin_token: z.string() });

/** A secret the program made on the way is one from now on. */
function learn(name: string, secret: string): string {
  expect(secret.length).toBeGreaterThan(NEVER_BY_CHANCE);
  learned[name] = secret;
  return secret;
}

const consoleDrive = () => new ConsoleDrive(evidence, program.ready.console);
const admin = { credential: canaryValue('adminToken'), headers: { 'content-type': 'application/json' } };

/** Sends a body as the admin. */
function send(method: string, path: string, body: unknown, shows = false) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return consoleDrive().ask(`/api/v1${path}`, { ...admin, method, body: text, shows });
}

/** Runs before the search, in this order. What each of them asserts is that it did something. */
describe('a program full of canaries', { timeout: MINUTES }, () => {
  it('serves and refuses keys in every place of every dialect', async () => {
    const drive = new ProxyDrive(evidence, program.ready.proxy);
    await drive.everyCredential();
    await drive.everyWrongPlace();
    await drive.everyError();
    await drive.everyModel();
    await drive.everyPage();
    expect(await drive.upload()).toBe(200);
    expect([...drive.statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 429, 502]));
  });

  it('answers every route of its admin API, whoever asks and whatever is sent', async () => {
    const drive = consoleDrive();
    const session = learn('session', await drive.signIn());
    const routes = await drive.routes();
    expect(routes.length).toBeGreaterThan(40);
    for (const route of routes) {
      for (const credential of [canaryValue('adminToken'), session]) await drive.everyRead(route, credential);
      await drive.everyWrite(route, session);
    }
    expect([...drive.statuses.keys()]).toEqual(expect.arrayContaining([200, 404, 422]));
    expect(drive.statuses.get(500) ?? 0).toBe(0);
    // Wrong admin tokens are few before they have to wait, so these come last.
    for (const route of routes) {
      for (const credential of [null, canaryValue('annsKey'), canaryValue('runToken').slice(0, -1)]) {
        await drive.everyRead(route, credential);
        await drive.everyWrite(route, credential);
      }
    }
    expect([...drive.statuses.keys()]).toEqual(expect.arrayContaining([401, 429]));
  });
});

describe('its admin', { timeout: MINUTES }, () => {
  it('makes, rotates and reveals keys', async () => {
    const made = OwnKey.parse(JSON.parse((await send('POST', '/proxy-keys', { user: 'ann' }, true)).body));
    learn('created key', made.key);
    const rotated = await send('POST', `/proxy-keys/${made.id}/rotate`, { grace_seconds: 60 }, true);
    learn('rotated key', OwnKey.parse(JSON.parse(rotated.body)).key);
    const revealed = await send('POST', `/proxy-keys/${made.id}/reveal`, {}, true);
    expect(revealed.body).toContain(learned['rotated key']);
    const channel = await send('POST', '/channels/several/reveal', {}, true);
    expect(channel.body).toContain(canaryValue('firstOfTwo'));
  });

  it('is refused what is nearly right', async () => {
    for (const [method, path, body] of NEARLY_RIGHT) {
      const { status } = await send(method, path, body);
      expect(status, `${method} ${path} ${JSON.stringify(body)}`).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });

  it('tests channels, reachable or not', async () => {
    for (const channel of ['openai', 'several', 'environment', 'proxied', 'nowhere', 'anthropic', 'gemini']) {
      await send('POST', `/channels/${channel}/test`, {});
      await send('POST', `/channels/${channel}/test`, { model: 'error-401-echo' });
      await consoleDrive().ask(`/api/v1/channels/${channel}/models`, admin);
    }
  });

  it('cannot import broken files, nor restore garbage', async () => {
    for (const file of BROKEN_FILES) {
      const { status } = await send('POST', '/import', { files: [file] });
      expect(status).toBeGreaterThanOrEqual(400);
    }
    const garbage = { ...admin, method: 'POST', headers: { 'content-type': 'application/gzip' } };
    const restored = await consoleDrive().ask('/api/v1/restore', {
      ...garbage,
      body: canaryValue('legacyKey'),
    });
    expect(restored.status).toBe(422);
    const kept = await consoleDrive().ask('/api/v1/backup', { ...admin, method: 'POST', shows: true });
    expect(kept.status).toBe(200);
  });

  it('cannot break the configuration by hand', async () => {
    const logged = async (): Promise<string> => {
      const now = new Evidence();
      await now.readFolder(join(dataDir, 'logs'), []);
      return now.texts.map(([, text]) => text).join('');
    };
    const path = join(dataDir, 'config', 'users.json');
    for (const broken of [
      `{"version": 1, "proxy_keys": {"key": {"key": "${canaryValue('annsKey')}" "user": "ann"}}}`,
      `{"version": 1, "users": {}, "proxy_keys": {"${canaryValue('legacyKey')}": {"key": "${canaryValue('annsKey')}", "user": "${canaryValue('unknownKey')}"}}}`,
    ]) {
      const before = (await logged()).split('users.json:').length;
      await writeFile(path, broken);
      await expect.poll(async () => (await logged()).split('users.json:').length).toBeGreaterThan(before);
    }
  });

  it('gets another admin token, and sees exceptions caught until there are too many', async () => {
    const handed = await send('POST', '/admin-token', {}, true);
    const { admin_token } = NewToken.parse(JSON.parse(handed.body));
    learn('new admin token', admin_token);
    learned['hash of it'] = createHash('sha256').update(admin_token).digest('hex');
    for (let faults = 0; faults <= TOO_MANY_FAULTS; faults += 2) process.kill(program.ready.pid, 'SIGUSR2');
    const poke = setInterval(() => {
      try {
        process.kill(program.ready.pid, 'SIGUSR2');
      } catch {
        clearInterval(poke);
      }
    }, 50);
    cleanUp.add(() => clearInterval(poke));
    expect((await program.exited).code).toBe(1);
    expect(program.stderr()).toContain('Invalid value');
  });
});

describe('its command line', { timeout: MINUTES }, () => {
  it.each([
    ['check', 1],
    ['doctor', 1],
    ['export usage --from 2020-01-01 --to 2099-01-01 --by user,channel,model,error', 0],
  ])('speaks of a broken configuration and of its usage: %s', async (command, code) => {
    const args = [...command.split(' '), '--data-dir', dataDir];
    const ended = await runScript('bin/aiproxy.js', args, { env: ENVIRONMENT });
    expect(ended, ended.stderr).toMatchObject({ code });
    evidence.add(`aiproxy ${command}`, `${ended.stdout}\n${ended.stderr}`);
  });

  it('starts again from the last good configuration, and says so', async () => {
    const again = await startProgram(dataDir, [], {
      ...ENVIRONMENT,
      AIPROXY_ADMIN_TOKEN: canaryValue('runToken'),
    });
    await again.close();
    expect(again.stderr()).toContain('users.json');
    evidence.add('standard error of the next start', again.stderr());
  });
});

describe('what it said and wrote', () => {
  beforeAll(async () => {
    // The ready line tells the token of this run by design, and nothing else stands there.
    evidence.add('standard output', program.stdout().replace(canaryValue('runToken'), ''));
    evidence.add('standard error', program.stderr());
    await evidence.readFolder(dataDir, ['config', 'backups']);
  });

  it('is much, and from everywhere', () => {
    const files = evidence.texts.map(([where]) => where);
    for (const begin of [...FILES, 'standard error', 'aiproxy check', 'aiproxy doctor', 'aiproxy export'])
      expect(files, begin).toContainEqual(expect.stringMatching(`^${begin}`));
    expect(evidence.texts.length).toBeGreaterThan(2000);
  });

  it('holds no canary', () => {
    expect(leaks()).toEqual([]);
  });

  it.each(Object.entries(SECRETS))('would not hide one: %s', (name, secret) => {
    const at = evidence.texts.findIndex(([where]) => where.startsWith('logs/requests'));
    const [where, text] = evidence.texts[at] ?? ['', ''];
    const line = text.slice(text.lastIndexOf('\n', text.length - 2));
    const planted = line.replace('"model":', `"model":"${secret.slice(-8)}","was":`);
    expect(leakSearch(SECRETS)(where, planted).map(({ canary }) => canary)).toEqual([name]);
  });
});
