import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built console page by path below `/`, read once: it is small and does not change while the program runs. */
export type RendererFiles = ReadonlyMap<
  string,
  { readonly type: string; readonly body: Buffer<ArrayBuffer> }
>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Where `vite build` puts the page: beside the built program, and seen from the sources below `dist`. */
export function rendererFolder(moduleUrl = import.meta.url): string {
  return fileURLToPath(
    new URL(moduleUrl.endsWith('.ts') ? '../../dist/renderer/' : '../renderer/', moduleUrl),
  );
}

/** Reads the built page; empty where it was not built. */
export async function readRenderer(folder = rendererFolder()): Promise<RendererFiles> {
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const served = names.filter((name) => TYPES[extname(name)] !== undefined && !name.startsWith('.'));
  return new Map(
    await Promise.all(
      served.map(async (name) => {
        const file = { type: TYPES[extname(name)] ?? '', body: await readFile(join(folder, name)) };
        return [`/${name.split(sep).join('/')}`, file] as const;
      }),
    ),
  );
}
