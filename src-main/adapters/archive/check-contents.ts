import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findingLine } from '../../contract/configuration-error.ts';
import { DOCUMENT_VERSION, type Document } from '../../contract/document.ts';
import { decodeTable, UsageFileError } from '../../core/usage/usage-file.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import { assemble, findingsOf } from '../document/assemble.ts';
import { platformFacts } from '../document/platform-facts.ts';
import { type FileContent, readConfigFile, versioned } from '../document/read-file.ts';
import { TextEngine } from '../document/text-engine.ts';
import { ArchiveProblem } from './archive-problem.ts';
import { CONFIG_FILES, isUsageName, type Manifest } from './manifest.ts';

async function readConfig(folder: string, path: string, engine: TextEngine): Promise<FileContent> {
  const read = versioned(await readConfigFile(join(folder, path), engine));
  if (read.ok) return read.content;
  const [finding] = read.findings;
  throw new ArchiveProblem(
    finding === undefined ? `${path} cannot be read` : inArchive(findingLine(finding), folder),
  );
}

/** Without the folder it was unpacked into, which means nothing to people. */
const inArchive = (line: string, folder: string): string => line.replaceAll(join(folder, '/'), '');

/**
 * The document of an unpacked backup, as this program understands it: every section, and what refers to what.
 * @throws ArchiveProblem with the first thing that is wrong
 */
export async function documentOf(folder: string): Promise<Document> {
  const engine = new TextEngine();
  try {
    const contents: FileContent[] = [];
    for (const path of CONFIG_FILES) contents.push(await readConfig(folder, path, engine));
    const { document, issues } = assemble(contents, undefined, platformFacts(PLATFORMS));
    const errors = issues.filter(({ severity }) => severity === 'error');
    const [finding] = await findingsOf(errors.slice(0, 1), engine);
    if (finding !== undefined) throw new ArchiveProblem(inArchive(findingLine(finding), folder));
    return { ...document, version: DOCUMENT_VERSION };
  } finally {
    await engine.close();
  }
}

/** @throws ArchiveProblem for a file of the statistics that cannot be read */
export async function checkUsage(folder: string, { files }: Manifest): Promise<void> {
  for (const { path } of files.filter((file) => isUsageName(file.path))) {
    try {
      decodeTable(JSON.parse(await readFile(join(folder, path), 'utf8')));
    } catch (error) {
      const reason = error instanceof UsageFileError ? error.message : 'it is no JSON';
      throw new ArchiveProblem(`${path} cannot be read: ${reason}`);
    }
  }
}
