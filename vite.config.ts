import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { DOCS_COPIED, docsSource } from './src-main/admin/docs/docs-files.ts';

const root = import.meta.dirname;

/**
 * The files Node or Electron starts: the two shells, and each worker thread (`*-worker.ts`). Everything built lies flat
 * in dist/main under its base name, so a worker is found beside the module that starts it, from source and built alike:
 * `new URL(import.meta.url.endsWith('.ts') ? './x-worker.ts' : './x-worker.js', import.meta.url)`.
 */
function mainEntries(): Record<string, string> {
  const source = resolve(root, 'src-main');
  const workers = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('-worker.ts'))
    .map((file) => [basename(file, '.ts'), resolve(source, file)] as const);
  const entries = new Map([
    ['headless', resolve(source, 'shell/headless/main.ts')],
    ['electron', resolve(source, 'shell/electron/main.ts')],
    ...workers,
  ]);
  if (entries.size !== workers.length + 2) throw new Error('two worker files share one name');
  return Object.fromEntries(entries);
}

/** Puts the files of the API's page beside the program, which reads them when they are asked for. */
const docsFiles: Plugin = {
  name: 'docs-files',
  applyToEnvironment: ({ name }) => name === 'main',
  writeBundle({ dir = '' }) {
    const folder = join(dir, 'docs');
    mkdirSync(folder, { recursive: true });
    for (const name of DOCS_COPIED) copyFileSync(docsSource(name), join(folder, name));
  },
};

/** Puts scripts and styles beside themselves once more, compressed as well as it goes: who serves them has no work. */
const compressedAssets: Plugin = {
  name: 'compressed-assets',
  applyToEnvironment: ({ name }) => name === 'client',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(?:js|css)$/.test(file))) {
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(readFileSync(join(dir, name))));
    }
  },
};

/** Puts the pictures of tray and window beside the desktop's main process. */
const pictures: Plugin = {
  name: 'pictures',
  applyToEnvironment: ({ name }) => name === 'main',
  writeBundle({ dir = '' }) {
    cpSync(resolve(root, 'build/tray'), join(dir, 'pictures'), { recursive: true });
  },
};

export default defineConfig({
  root: resolve(root, 'src-renderer'),
  plugins: [react(), docsFiles, compressedAssets, pictures],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: resolve(root, 'dist/renderer'),
        emptyOutDir: true,
        target: 'chrome120',
        license: { fileName: 'licenses.txt' },
      },
    },
    main: {
      consumer: 'server',
      // Dependencies are bundled: one file is read at the start in place of some hundred.
      resolve: { noExternal: true, conditions: ['node', 'import', 'module', 'default'] },
      build: {
        outDir: resolve(root, 'dist/main'),
        emptyOutDir: true,
        target: 'node24',
        sourcemap: true,
        minify: false,
        license: true,
        rolldownOptions: {
          // Part of the runtime, not of npm's packages.
          external: ['electron'],
          input: mainEntries(),
          output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        // Beside the main process, which is built before.
        outDir: resolve(root, 'dist/main'),
        emptyOutDir: false,
        copyPublicDir: false,
        target: 'chrome120',
        minify: false,
        rolldownOptions: {
          external: ['electron'],
          input: { preload: resolve(root, 'src-main/shell/electron/preload.ts') },
          // Sandboxed scripts are CommonJS.
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
});
