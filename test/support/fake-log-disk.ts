import { basename } from 'node:path';
import type { LogDisk } from '../../src-main/adapters/log/log-disk.ts';

/** A disk in memory that fails, fills up or hangs when a test says so. */
export interface FakeLogDisk extends LogDisk {
  /** The content of each file by its name, without the folder. */
  readonly files: Map<string, string>;
  /** Every write and deletion is refused with this code while it is set; listing and opening go on. */
  failWith: string | null;
  /** How many bytes are left; a write takes what fits, the next one gets ENOSPC. */
  freeBytes: number;
  /** While set, writes wait for this. */
  hold: Promise<void> | null;
  /** Names of the files that are open. */
  readonly openNames: Set<string>;
}

function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: the disk refused`), { code });
}

/** Makes an empty disk with room for everything. */
export function createFakeLogDisk(): FakeLogDisk {
  const files = new Map<string, string>();
  const openNames = new Set<string>();
  const disk: FakeLogDisk = {
    files,
    openNames,
    failWith: null,
    freeBytes: Number.POSITIVE_INFINITY,
    hold: null,
    async open(path) {
      const name = basename(path);
      const before = files.get(name) ?? '';
      files.set(name, before);
      openNames.add(name);
      return {
        openedBytes: Buffer.byteLength(before),
        openedTorn: before !== '' && !before.endsWith('\n'),
        async write(data) {
          if (disk.hold !== null) await disk.hold;
          if (disk.failWith !== null) throw diskError(disk.failWith);
          const taken = Math.min(data.length, disk.freeBytes);
          if (taken === 0) throw diskError('ENOSPC');
          disk.freeBytes -= taken;
          files.set(name, (files.get(name) ?? '') + Buffer.from(data.subarray(0, taken)).toString());
          return taken;
        },
        isGone: async () => !files.has(name),
        async sync() {
          if (disk.failWith !== null) throw diskError(disk.failWith);
        },
        async close() {
          openNames.delete(name);
        },
      };
    },
    list: async () => [...files.keys()],
    async remove(path) {
      if (disk.failWith !== null) throw diskError(disk.failWith);
      files.delete(basename(path));
    },
  };
  return disk;
}
