import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tempFolder } from '../support/temp-folder.ts';
import { runToEnd } from './run-script.ts';

/** A git repository that is removed again. */
export interface TempRepository {
  readonly path: string;
  write(file: string, content: string): Promise<void>;
  git(...args: string[]): Promise<string>;
  /** Commits everything there is and returns the commit's id. */
  commit(message: string): Promise<string>;
  remove(): Promise<void>;
}

const WHO = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];

/** Makes an empty repository on the branch `main`. */
export async function tempRepository(): Promise<TempRepository> {
  const folder = await tempFolder();
  const git = async (...args: string[]) => {
    const ended = await runToEnd(['git', ...WHO, ...args], { cwd: folder.path });
    if (ended.code !== 0) throw new Error(`git ${args[0]}: ${ended.stderr}`);
    return ended.stdout.trim();
  };
  await git('init', '-q', '-b', 'main');
  return {
    path: folder.path,
    git,
    async write(file, content) {
      const path = join(folder.path, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    },
    async commit(message) {
      await git('add', '-A');
      await git('commit', '-q', '-m', message);
      return git('rev-parse', 'HEAD');
    },
    remove: () => folder.remove(),
  };
}
