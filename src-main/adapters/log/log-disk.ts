import { mkdir, open, readdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../../core/disk-words.ts';

/** A file that lines are added to. Every method rejects with Node's own error. */
export interface LogFile {
  /** How large it was when it was opened. */
  readonly openedBytes: number;
  /** Whether its last line had no end then: the program or the computer died while writing it. */
  readonly openedTorn: boolean;
  /** Adds to the end; resolves to how many bytes were taken, at least one. */
  write(data: Uint8Array): Promise<number>;
  /** Whether somebody has deleted it since. */
  isGone(): Promise<boolean>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The few things a log does with a disk; tests put a failing one in its place. */
export interface LogDisk {
  /** Opens for appending, readable by the owner only; makes the file and its folder where they are missing. */
  open(path: string): Promise<LogFile>;
  /** Names of the regular files in a folder; none where it is missing. */
  list(folder: string): Promise<readonly string[]>;
  remove(path: string): Promise<void>;
}

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const LINE_END = 0x0a;

/** The computer's file system. */
export const nodeLogDisk: LogDisk = {
  async open(path) {
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
    const handle = await open(path, 'a+', OWNER_ONLY_FILE);
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      return {
        openedBytes: size,
        openedTorn: size > 0 && last[0] !== LINE_END,
        write: async (data) => (await handle.write(data)).bytesWritten,
        isGone: async () => (await handle.stat()).nlink === 0,
        sync: () => handle.sync(),
        close: () => handle.close(),
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  },

  async list(folder) {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
      throw error;
    }
  },

  remove: (path) => unlink(path),
};

/** The file a log writes to on a day: `requests-2026-01-31.jsonl`, then `requests-2026-01-31.1.jsonl` and so on. */
export function logFileName(prefix: string, day: string, part: number): string {
  return `${prefix}-${day}${part === 0 ? '' : `.${part}`}.jsonl`;
}

export interface LogFileName {
  readonly name: string;
  readonly day: string;
  readonly part: number;
}

/** The log's own files among the names of a folder; anything else there is not ours. */
export function ownLogFiles(prefix: string, names: readonly string[]): readonly LogFileName[] {
  return names.flatMap((name) => {
    const match = /^(\d{4}-\d{2}-\d{2})(?:\.([1-9]\d*))?\.jsonl$/.exec(name.slice(prefix.length + 1));
    const day = match?.[1];
    if (day === undefined || !name.startsWith(`${prefix}-`)) return [];
    return [{ name, day, part: Number(match?.[2] ?? 0) }];
  });
}
