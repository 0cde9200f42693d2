import { type Adapter, Low } from 'lowdb';
import { stringify } from 'yaml';
import type { EditableText, TextEdit } from './config-file.ts';
import { modeOf, PRIVATE_FILE, type WriteCalls, writeDurably } from './durable-write.ts';
import { JsonText } from './json-text.ts';
import { type FileContent, hashOf, readConfigFile } from './read-file.ts';
import type { TextEngine } from './text-engine.ts';

/** Where a file's content comes from and goes to, as lowdb wants it. */
class DurableAdapter implements Adapter<FileContent> {
  readonly #file: FileContent;
  readonly #engine: TextEngine;
  readonly #own: boolean;
  readonly #calls: WriteCalls | undefined;

  constructor(file: FileContent, engine: TextEngine, own: boolean, calls: WriteCalls | undefined) {
    this.#file = file;
    this.#engine = engine;
    this.#own = own;
    this.#calls = calls;
  }

  async read(): Promise<FileContent | null> {
    const read = await readConfigFile(this.#file.path, this.#engine);
    return read.ok ? read.content : null;
  }

  async write({ path, bom, text }: FileContent): Promise<void> {
    await writeDurably(path, bom + text, this.#own ? PRIVATE_FILE : await modeOf(path), this.#calls);
  }
}

/** One configuration file: its accepted content, changed record by record, each change durable when it resolves. */
export class StoredFile {
  readonly #low: Low<FileContent>;
  readonly #engine: TextEngine;
  #editable: EditableText | null = null;

  /** @param own a file of the data folder, which only its owner may read; others keep their rights */
  constructor(content: FileContent, engine: TextEngine, own: boolean, calls?: WriteCalls) {
    this.#low = new Low(new DurableAdapter(content, engine, own, calls), content);
    this.#engine = engine;
  }

  get content(): FileContent {
    return this.#low.data;
  }

  /** Takes over what was found on the disk. */
  accept(content: FileContent): void {
    this.#low.data = content;
    this.#editable = null;
  }

  /**
   * Writes the file with these records changed.
   * @throws SharedTextError, or the system's error; the file is then as it was
   */
  async write(edits: readonly TextEdit[], root: unknown): Promise<void> {
    const before = this.#low.data;
    try {
      const text = await this.#edited(before, edits);
      this.#low.data = { ...before, text, root, hash: hashOf(before.bom + text), migrated: false };
      await this.#low.write();
    } catch (error) {
      // The pieces have been changed already; they are cut anew from the text that is still the file's.
      this.accept(before);
      throw error;
    }
  }

  async #edited(content: FileContent, edits: readonly TextEdit[]): Promise<string> {
    const text = content.migrated ? print(content) : content.text;
    if (content.format === 'yaml') return edits.length === 0 ? text : this.#engine.editYaml(text, edits);
    this.#editable ??= new JsonText(text);
    this.#editable.edit(edits);
    return this.#editable.text();
  }
}

/** The text of content that no text exists for yet. */
export function print({ format, root }: Pick<FileContent, 'format' | 'root'>): string {
  return format === 'yaml' ? stringify(root, { lineWidth: 0 }) : `${JSON.stringify(root, null, 2)}\n`;
}
