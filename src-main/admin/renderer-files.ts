import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the built console page. */
export interface RendererFile {
  readonly type: string;
  readonly body: Buffer<ArrayBuffer>;
  /** The same, compressed, where the build put that beside it. */
  readonly brotli?: Buffer<ArrayBuffer>;
}

/** The built console page by path below `/`, read once: it is small and does not change while the program runs. */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** What the build puts beside a file under its name and this: the same file, brotli-compressed. */
const COMPRESSED = '.br';

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
  const known = new Set(names);
  const read = (name: string) => readFile(join(folder, name));
  const served = names.filter((name) => TYPES[extname(name)] !== undefined && !name.startsWith('.'));
  return new Map(
    await Promise.all(
      served.map(async (name): Promise<[string, RendererFile]> => {
        const plain = { type: TYPES[extname(name)] ?? '', body: await read(name) };
        const compressed = `${name}${COMPRESSED}`;
        const file = known.has(compressed) ? { ...plain, brotli: await read(compressed) } : plain;
        return [`/${name.split(sep).join('/')}`, file];
      }),
    ),
  );
}
