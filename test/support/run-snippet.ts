import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;

async function output(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => void parts.push(part));
  child.stderr.on('data', (part: Buffer) => void parts.push(part));
  await new Promise((resolve) => child.once('close', resolve));
  return Buffer.concat(parts).toString();
}

/** Runs a JavaScript snippet as a program of its own, with the packages that are installed here. */
export async function runJavaScript(snippet: string): Promise<string> {
  // Packages are looked for from where the file is.
  const path = join(ROOT, 'node_modules', `.snippet-${process.pid}-${Date.now()}.mjs`);
  await writeFile(path, snippet);
  try {
    return await output(process.execPath, [path]);
  } finally {
    await rm(path);
  }
}

/** Runs lines in a POSIX shell of their own. */
export const runShell = (lines: string): Promise<string> => output('sh', ['-c', lines]);
