// Lets the Python SDKs judge the running program: stand-ins for the platforms, `aiproxy serve` between, pytest on top.
// What stands on the command line goes to pytest: `npm run test:sdk -- -k gemini`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { adminClient } from '../support/admin-client.ts';
import { type CleanUp, createCleanUp } from '../support/clean-up.ts';
import { startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { configure } from './configuration.ts';
import { startPlatforms, startRealtimePlatforms } from './platforms.ts';
import { pythonWithSdks } from './virtual-environment.ts';
import { startWitness } from './witness.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

/** The SDKs are pointed here by what the command prints, as a person would do it. */
const EVAL_AND_TEST = `set -e
lines=$("$NODE" bin/aiproxy.js env --data-dir "$DATA" --port "$PORT" --key "$KEY")
unset DATA PORT KEY
eval "$lines"
exec "$PYTHON" -m pytest "$@"`;

/** What the evaluated lines must take away or win over. The rest of this process's environment stays outside. */
const WAS_THERE_BEFORE = {
  GOOGLE_API_KEY: 'a-key-that-was-here-before',
  ANTHROPIC_AUTH_TOKEN: 'a-token-that-was-here-before',
  OPENAI_BASE_URL: 'http://127.0.0.1:9/',
};

/** Runs pytest. @returns its exit code */
async function pytest(env: Readonly<Record<string, string>>): Promise<number> {
  const { PATH = '' } = process.env;
  const child = spawn('bash', ['-c', EVAL_AND_TEST, 'bash', HERE, ...process.argv.slice(2)], {
    cwd: ROOT,
    env: { ...WAS_THERE_BEFORE, PATH, LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

async function judge(cleanUp: CleanUp): Promise<number> {
  const python = pythonWithSdks();
  const [data, home] = await Promise.all([tempFolder(), tempFolder()]);
  for (const folder of [data, home]) cleanUp.add(() => folder.remove());
  const platforms = await startPlatforms();
  const realtime = await startRealtimePlatforms();
  for (const { standIn } of [...platforms, ...realtime]) cleanUp.closing(standIn);
  const program = cleanUp.closing(await startProgram(data.path));
  const { proxy, console, admin_token } = program.ready;
  const admin = adminClient({ consoleUrl: console, runToken: admin_token });
  const keys = await configure(admin, platforms, realtime);
  const witness = cleanUp.closing(await startWitness(platforms, realtime, Object.values(keys)));
  const code = await pytest({
    NODE: process.execPath,
    PYTHON: python,
    HOME: home.path,
    DATA: data.path,
    PORT: new URL(proxy).port,
    KEY: keys.ann,
    SDK_TEST: JSON.stringify({
      ...{ proxy, console, admin_token, witness: witness.url, keys },
      realtime_keys: Object.fromEntries(realtime.map(({ channel, standIn }) => [channel, standIn.apiKey])),
    }),
  });
  program.signal('SIGTERM');
  const exit = await program.exited;
  if (exit.code !== 0) process.stderr.write(`AIProxy ended with ${exit.code}: ${program.stderr()}\n`);
  return exit.code === 0 ? code : 1;
}

const cleanUp = createCleanUp();
try {
  process.exitCode = await judge(cleanUp);
} finally {
  await cleanUp.run();
}
