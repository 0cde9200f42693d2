import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { ROOT } from './run-script.ts';

const PARTS = [
  'bin',
  'build',
  'scripts',
  'src-main',
  'src-renderer',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
];

/** This checkout without what was built, in a folder of its own; the installed packages are shared. */
export async function checkoutCopy(): Promise<TempFolder> {
  const folder = await tempFolder();
  for (const part of PARTS) await cp(join(ROOT, part), join(folder.path, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder.path, 'node_modules'));
  return folder;
}
