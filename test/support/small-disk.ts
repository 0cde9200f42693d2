import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CleanUp } from './clean-up.ts';
import { tempFolder } from './temp-folder.ts';

/** A file system of its own that a test can fill, and make read-only. */
export interface SmallDisk {
  readonly path: string;
  fill(): void;
  makeReadOnly(): void;
}

/** Why no file system can be mounted here; `null` where it can. Only root on Linux may. */
export const whyNoMount: string | null = (() => {
  if (process.platform !== 'linux') return 'file systems are mounted on Linux only';
  try {
    const probe = `/tmp/aiproxy-mount-probe-${process.pid}`;
    mkdirSync(probe, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return null;
  } catch {
    return 'this user may not mount a file system';
  }
})();

/** Mounts a tmpfs of some hundred kilobytes, until the end of the test. */
export async function smallDisk(cleanUp: CleanUp): Promise<SmallDisk> {
  const folder = await tempFolder();
  const path = join(folder.path, 'disk');
  mkdirSync(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k,mode=700', 'tmpfs', path]);
  cleanUp.closing({
    async close() {
      execFileSync('umount', ['-l', path]);
      await folder.remove();
    },
  });
  return {
    path,
    fill() {
      try {
        writeFileSync(join(path, 'filler'), Buffer.alloc(1024 * 1024));
      } catch {
        // It is full: that was the purpose.
      }
    },
    makeReadOnly() {
      execFileSync('mount', ['-o', 'remount,ro', path]);
    },
  };
}
