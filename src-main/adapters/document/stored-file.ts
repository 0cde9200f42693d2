import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Adapter, Low } from 'lowdb';
import { stringify } from 'yaml';
import type { EditableText, TextEdit } from './config-file.ts';
import { encodeText } from './decode-text.ts';
import { modeOf, PRIVATE_FILE, type WriteCalls, writeDurably } from './durable-write.ts';
import { JsonText } from './json-text.ts';
import { type FileContent, hashOf, readConfigFile, textOf } from './read-file.ts';
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

  async write({ path, bytes }: FileContent): Promise<void> {
    await writeDurably(path, bytes, this.#own ? PRIVATE_FILE : await modeOf(path), this.#calls);
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
      // On large files each of these steps takes some milliseconds that traffic should not wait for in one go.
      await nextTurn();
      const bytes = encodeText(text, before.bytes);
      this.#low.data = { ...before, bytes, root, hash: hashOf(bytes), migrated: false };
      await this.#low.write();
    } catch (error) {
      // The pieces have been changed already; they are cut anew from the text that is still the file's.
      this.accept(before);
      throw error;
    }
  }

  async #edited(content: FileContent, edits: readonly TextEdit[]): Promise<string> {
    if (content.format === 'yaml') {
      return edits.length === 0 ? this.#text(content) : this.#engine.editYaml(this.#text(content), edits);
    }
    if (this.#editable === null) {
      const text = this.#text(content);
      await nextTurn();
      this.#editable = new JsonText(text);
      await nextTurn();
    }
    this.#editable.edit(edits);
    return this.#editable.text();
  }

  #text(content: FileContent): string {
    return content.migrated || content.bytes.length === 0 ? print(content) : textOf(content);
  }
}

/** The text of content that no text exists for yet, or only an older version's. */
function print({ format, root }: Pick<FileContent, 'format' | 'root'>): string {
  return format === 'yaml' ? stringify(root, { lineWidth: 0 }) : `${JSON.stringify(root, null, 2)}\n`;
}
