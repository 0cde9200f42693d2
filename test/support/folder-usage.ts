import { mkdir, mkdtemp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredUsage } from '../../src-main/adapters/archive/archive-parts.ts';

/** Statistics that nobody counts: a folder, handed over as its owner would. */
export async function folderUsage(dataDir: string): Promise<StoredUsage> {
  const folder = join(dataDir, 'usage');
  await mkdir(folder, { recursive: true });
  let replaced = 0;
  return {
    freeze: (work) => work(folder),
    besideUsage: () => mkdtemp(join(dataDir, 'usage-')),
    async replaceWith(other) {
      const aside = `usage.old-${++replaced}`;
      await rename(folder, join(dataDir, aside));
      await rename(other, folder);
      return aside;
    },
  };
}
