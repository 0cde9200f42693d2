import { readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** The files Node starts: the headless shell, and each worker thread. Their base names are their names in dist/main. */
function mainEntries(): Record<string, string> {
  const source = resolve(root, 'src-main');
  const workers = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.worker.ts'))
    .map((file) => [basename(file, '.ts'), resolve(source, file)] as const);
  const entries = new Map([['headless', resolve(source, 'shell/headless/main.ts')], ...workers]);
  if (entries.size !== workers.length + 1) throw new Error('two worker files share one name');
  return Object.fromEntries(entries);
}

/**
 * `new Worker(new URL('./x.worker.ts', import.meta.url))` works from source; everything built lies flat in
 * dist/main, so only the ending has to change for it to work from there.
 */
function workerUrls(): Plugin {
  const reference =
    /new URL\((['"])(?:\.{1,2}\/)+(?:[\w-]+\/)*([\w-]+\.worker)\.ts\1,\s*import\.meta\.url\)/g;
  return {
    name: 'aiproxy:worker-urls',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src-main/') || !code.includes('.worker.ts')) return null;
      return { code: code.replace(reference, "new URL('./$2.js', import.meta.url)"), map: null };
    },
  };
}

export default defineConfig({
  root: resolve(root, 'src-renderer'),
  plugins: [react(), workerUrls()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: resolve(root, 'dist/renderer'),
        emptyOutDir: true,
        target: 'chrome120',
        license: true,
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
          input: mainEntries(),
          output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
  },
});
