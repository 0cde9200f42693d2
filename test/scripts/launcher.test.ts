import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { checkoutCopy } from './checkout-copy.ts';
import { ROOT, runScript, runToEnd } from './run-script.ts';

/** Makes the launcher believe that an older Node runs it. */
const OLD_NODE = [
  '--import',
  "data:text/javascript,Object.defineProperty(process, 'version', { value: 'v20.1.0' })",
];

let folder: TempFolder;

beforeEach(async () => {
  folder = await tempFolder();
});

afterEach(() => folder.remove());

describe('the launcher on an older Node', () => {
  /** Starts it and waits for its ready line. */
  async function start(): Promise<{ launcher: ChildProcess; pid: number; exit: Promise<unknown[]> }> {
    const args = ['serve', '--json', '--port', '0', '--console-port', '0', '--data-dir', folder.path];
    const launcher = spawn(process.execPath, [...OLD_NODE, `${ROOT}bin/aiproxy.js`, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exit = once(launcher, 'exit');
    const [line] = await once(createInterface(launcher.stdout), 'line');
    return { launcher, pid: JSON.parse(line).pid, exit };
  }

  test('starts Node 24 and passes on signals and the exit code', async () => {
    const { launcher, pid, exit } = await start();
    expect(pid).not.toBe(launcher.pid);
    launcher.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  test('ends by the signal that ended the program', async () => {
    const { pid, exit } = await start();
    process.kill(pid, 'SIGKILL');
    expect(await exit).toEqual([null, 'SIGKILL']);
  });

  test('passes on output and the exit code of a failure', async () => {
    const { code, stdout, stderr } = await runToEnd([
      process.execPath,
      ...OLD_NODE,
      `${ROOT}bin/aiproxy.js`,
      'frobnicate',
    ]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('unknown command "frobnicate"')]);
  });

  test('without a newer one says so in one line', async () => {
    await cp(`${ROOT}bin`, join(folder.path, 'bin'), { recursive: true });
    await writeFile(join(folder.path, 'package.json'), '{"type":"module"}');
    const command = [process.execPath, ...OLD_NODE, join(folder.path, 'bin/aiproxy.js')];
    const { code, stderr } = await runToEnd(command, { env: { PATH: folder.path } });
    expect([code, stderr]).toEqual([
      1,
      'aiproxy: needs Node 24 or newer; this is v20.1.0 and no newer one is on the PATH\n',
    ]);
  });

  test('takes the first Node on the PATH that is new enough', async () => {
    await cp(`${ROOT}bin`, join(folder.path, 'bin'), { recursive: true });
    await writeFile(join(folder.path, 'package.json'), '{"type":"module"}');
    for (const [name, version] of Object.entries({ old: 'v22.9.0', new: 'v24.1.0' })) {
      await mkdir(join(folder.path, name));
      await writeFile(join(folder.path, name, 'node'), `#!/bin/sh\necho ${version} "$@"\n`, { mode: 0o755 });
    }
    const command = [process.execPath, ...OLD_NODE, join(folder.path, 'bin/aiproxy.js'), 'check'];
    const PATH = ['/nonexistent', join(folder.path, 'old'), join(folder.path, 'new')].join(':');
    const { code, stdout } = await runToEnd(command, { env: { PATH } });
    expect([code, stdout]).toEqual([
      0,
      `v24.1.0 --max-semi-space-size=8 ${join(folder.path, 'bin/aiproxy.js')} check\n`,
    ]);
  });
});

describe('the launcher under npm start', () => {
  test('stops when the shell that npm puts between them is gone', async () => {
    const program = `"${process.execPath}" "${ROOT}bin/aiproxy.js" serve --json --port 0 --console-port 0`;
    const shell = spawn('sh', ['-c', `${program} --data-dir "${folder.path}"; exit`], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(createInterface(shell.stdout), 'line');
    const everyoneGone = once(shell.stdout, 'close');
    shell.kill('SIGTERM');
    await everyoneGone;
    expect(shell.signalCode).toBe('SIGTERM');
  });
});

describe('the launcher without a window', () => {
  const runWith = (env: Record<string, string>) =>
    // A configuration that is not there ends the program right after it said what it has to say.
    runScript('bin/aiproxy.js', ['--data-dir', folder.path, '--config', join(folder.path, 'none.yaml')], {
      env,
    });

  test('says that there is no runtime', async () => {
    const { code, stderr } = await runWith({ ELECTRON_OVERRIDE_DIST_PATH: folder.path });
    expect(code).toBe(1);
    expect(stderr.split('\n')[0]).toBe('No Electron runtime is installed: serving without a window.');
  });

  test('says that there is no display', async () => {
    await writeFile(join(folder.path, 'electron'), '');
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder.path, WAYLAND_DISPLAY: '', DISPLAY: '' };
    expect((await runWith(env)).stderr).toMatch(/^There is no display: serving without a window\.\n/);
  });

  test.each([['--bogus'], ['--port=none']])(
    'says nothing of it when used wrongly with %s',
    async (option) => {
      const { code, stderr } = await runScript('bin/aiproxy.js', [option]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^aiproxy: .*\nTry "aiproxy --help"\.\n$/)]);
    },
  );

  test('says nothing of it when a command is given', async () => {
    const { code, stdout, stderr } = await runScript('bin/aiproxy.js', ['--version']);
    expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/), '']);
  });
});

describe('the launcher with a window', () => {
  /** Runs it with a program in place of Electron. @param uid as who it believes to run */
  async function runWindow(script: string, args: readonly string[], uid = 1000) {
    await writeFile(join(folder.path, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const asWho = ['--import', `data:text/javascript,process.getuid = () => ${uid}`];
    return runToEnd([process.execPath, ...asWho, `${ROOT}bin/aiproxy.js`, ...args], {
      env: { ELECTRON_OVERRIDE_DIST_PATH: folder.path, DISPLAY: ':0', ELECTRON_RUN_AS_NODE: '1' },
    });
  }

  test('starts Electron with this program and its options, and ends as it ends', async () => {
    const script = 'echo "$@"; env | grep RUN_AS_NODE; exit 7';
    const { code, stdout, stderr } = await runWindow(script, ['--demo', '--port', '0']);
    expect([code, stdout, stderr]).toEqual([7, `${ROOT} --demo --port 0\n`, '']);
  });

  test('does not turn the sandbox off for root, and says so', async () => {
    const args = ['--data-dir', folder.path, '--config', join(folder.path, 'none.yaml')];
    const { stdout, stderr } = await runWindow('echo a window', args, 0);
    expect(stdout).toBe('');
    expect(stderr.split('\n')[0]).toBe(
      'Electron does not run as root with its sandbox on: serving without a window.',
    );
  });

  test('opens none for a command', async () => {
    const { stdout } = await runWindow('echo a window', ['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('the launcher without dist', { timeout: 120_000 }, () => {
  test('builds in a checkout, and keeps standard output to what was asked for', async () => {
    const copy = await checkoutCopy();
    const ended = await runToEnd([process.execPath, join(copy.path, 'bin/aiproxy.js'), '--version']);
    await copy.remove();
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(ended.stderr).toMatch(/^built dist \(it was missing\)/);
  });

  test('says what to do where it cannot build', async () => {
    await cp(`${ROOT}bin`, join(folder.path, 'bin'), { recursive: true });
    await writeFile(join(folder.path, 'package.json'), '{"type":"module"}');
    const { code, stderr } = await runToEnd([
      process.execPath,
      join(folder.path, 'bin/aiproxy.js'),
      '--version',
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^aiproxy: \S+ is missing: reinstall, or run "npm ci && npm run build" in a checkout\n$/,
    );
  });
});
