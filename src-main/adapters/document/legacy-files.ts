import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import { formatOf } from './config-file.ts';
import { type FileContent, readConfigFile } from './read-file.ts';
import type { TextEngine } from './text-engine.ts';

/** The files a path stands for: itself, or those of a folder that the older system has. */
async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw ConfigurationError.inFile(path, 'no such file or folder');
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => formatOf(name) !== null);
  if (names.length === 0) throw ConfigurationError.inFile(path, 'holds no JSON or YAML file');
  return names.sort().map((name) => join(path, name));
}

/**
 * Reads files of the older system, in the order given.
 * @throws ConfigurationError for the first that is missing, cannot be read, or is a current document
 */
export async function readLegacyFiles(paths: readonly string[], engine: TextEngine): Promise<FileContent[]> {
  const contents: FileContent[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      if (formatOf(file) === null) throw ConfigurationError.inFile(file, 'must end in .json, .yaml or .yml');
      const read = await readConfigFile(file, engine);
      if (!read.ok) throw ConfigurationError.of(read.findings);
      if (!read.content.legacy) {
        throw ConfigurationError.inFile(file, 'is a current document already; use it with --config');
      }
      contents.push(read.content);
    }
  }
  return contents;
}
