import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOCUMENT_FILES, type Document, type SectionName } from '../../src-main/contract/document.ts';

/** Writes a document as the three files of a data folder's `config/`. */
export async function writeDocument(dataDir: string, document: Document): Promise<void> {
  const folder = join(dataDir, 'config');
  await mkdir(folder, { recursive: true });
  const files: [string, readonly SectionName[]][] = Object.entries(DOCUMENT_FILES);
  for (const [name, sections] of files) {
    const content = Object.fromEntries(sections.map((section) => [section, document[section]]));
    await writeFile(join(folder, name), JSON.stringify({ version: document.version, ...content }, null, 2));
  }
}
