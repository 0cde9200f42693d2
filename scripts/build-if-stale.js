// Builds dist/ when a source changed since the last build. `--force` builds in any case.
// Plain JavaScript, so that any Node from 20.19 on can run it before Node 24 is found.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INPUTS = [
  'src-main',
  'src-renderer',
  'build/tray',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const STAMP = 'dist/build.json';

/** Every file below `path`, sorted, so that two machines hash the same sources alike. */
function filesOf(root, path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  try {
    return readdirSync(absolute)
      .sort()
      .flatMap((name) => filesOf(root, `${path}/${name}`));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
}

/** SHA-256 over the names and contents of all sources, hexadecimal. */
export function hashSources(root) {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesOf(root, input))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function builtHash(root) {
  try {
    return JSON.parse(readFileSync(join(root, STAMP), 'utf8')).hash;
  } catch {
    return null;
  }
}

/** Builds beside dist/ and swaps the folders in, so that no one ever starts half a build. */
async function build(root, hash) {
  // What is built is what is delivered, also where a shell or a test runner says otherwise: React would be its slow half.
  process.env.NODE_ENV = 'production';
  const { createBuilder } = await import('vite');
  const staging = join(root, 'dist', `.staging-${process.pid}`);
  const parts = { main: 'main', client: 'renderer' };
  // The preload script lies beside the main process.
  const outDirs = Object.fromEntries(
    Object.entries({ ...parts, preload: 'main' }).map(([name, part]) => [
      name,
      { build: { outDir: join(staging, part) } },
    ]),
  );
  try {
    const builder = await createBuilder({
      configFile: join(root, 'vite.config.ts'),
      environments: outDirs,
      logLevel: 'warn',
    });
    await builder.buildApp();
    rmSync(join(root, STAMP), { force: true });
    for (const part of Object.values(parts)) {
      rmSync(join(root, 'dist', part), { recursive: true, force: true });
      renameSync(join(staging, part), join(root, 'dist', part));
    }
    writeFileSync(join(root, STAMP), `${JSON.stringify({ hash })}\n`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Returns the one line that says what was done. */
export async function buildIfStale(root, force = false) {
  const hash = hashSources(root);
  const built = builtHash(root);
  if (!force && built === hash) return 'dist is up to date';
  const startedAt = Date.now();
  await build(root, hash);
  const why = force ? 'as asked' : built === null ? 'it was missing' : 'sources changed';
  return `built dist (${why}) in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  process.stderr.write(`${await buildIfStale(root, process.argv.includes('--force'))}\n`);
}
