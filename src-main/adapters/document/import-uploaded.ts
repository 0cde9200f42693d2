import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import { formatOf } from './config-file.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from './durable-write.ts';
import { type ImportOptions, type ImportResult, importLegacy } from './import-legacy.ts';

/** A file of the older system, as it is sent. */
export interface SentFile {
  readonly name: string;
  readonly content: string;
}

const LONGEST_NAME = 100;

/** What is left of a name that a stranger chose: its last part, in letters that no system trips over. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replaceAll(/[^\p{L}\p{N}._-]/gu, '_').slice(-LONGEST_NAME);
}

async function place(files: readonly SentFile[], folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const [index, { name, content }] of files.entries()) {
    if (formatOf(name) === null) throw ConfigurationError.inFile(name, 'must end in .json, .yaml or .yml');
    // A folder each: two of them may have one name, and the name tells what is inside.
    const own = join(folder, String(index));
    await mkdir(own, { recursive: true, mode: PRIVATE_FOLDER });
    paths.push(join(own, safeName(name)));
    await writeFile(join(own, safeName(name)), content, { mode: PRIVATE_FILE });
  }
  return paths;
}

/**
 * Imports files that were sent rather than named, as {@link importLegacy} does. What is said of them has their names.
 * @param folder an empty private one, which the caller removes
 * @throws ConfigurationError with `file:line:column: reason`, and then nothing was imported
 */
export async function importUploaded(
  files: readonly SentFile[],
  folder: string,
  options: ImportOptions,
): Promise<ImportResult> {
  const paths = await place(files, folder);
  const told = (text: string): string =>
    paths.reduce((line, path) => line.replaceAll(path, basename(path)), text);
  try {
    const { counts, warnings } = await importLegacy(paths, options);
    return { counts, warnings: warnings.map(told) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const findings = error.findings.map((finding) => ({
      ...finding,
      file: files[paths.indexOf(finding.file)]?.name ?? finding.file,
      message: told(finding.message),
    }));
    throw new ConfigurationError(told(error.message), findings, { unlisted: error.unlisted });
  }
}
