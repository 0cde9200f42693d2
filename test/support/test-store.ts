import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WriteCalls } from '../../src-main/adapters/document/durable-write.ts';
import { type OpenedStore, openDocumentStore } from '../../src-main/adapters/document/open-store.ts';
import { systemClock } from '../../src-main/adapters/system-clock.ts';
import type { Document } from '../../src-main/contract/document.ts';
import type { AppLog, DocumentStore } from '../../src-main/core/ports.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';
import type { CleanUp } from './clean-up.ts';
import { tempFolder } from './temp-folder.ts';

/** A log whose lines a test can read, and wait for. */
export interface HeardLog extends AppLog {
  readonly lines: string[];
  /** Resolves with the first line, past or to come, that matches. */
  heard(pattern: RegExp): Promise<string>;
}

/** A log that keeps its lines. */
export function hearingLog(): HeardLog {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const hear = (message: string): void => {
    lines.push(message);
    for (const look of waiting) look();
  };
  const heard = (pattern: RegExp): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        const line = lines.find((text) => pattern.test(text));
        if (line === undefined) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      look();
    });
  const done = async (): Promise<void> => undefined;
  return {
    lines,
    heard,
    debug: hear,
    info: hear,
    warn: hear,
    error: hear,
    setLevel: () => {},
    flush: done,
    close: done,
  };
}

/** A data folder of its own, whose configuration a test writes, opens and reads as text. */
export interface TestStore {
  readonly dataDir: string;
  readonly log: HeardLog;
  file(name: string): string;
  read(name: string): Promise<string>;
  write(name: string, content: string | object): Promise<void>;
  exists(name: string): Promise<boolean>;
  open(options?: { configPath?: string; writeCalls?: WriteCalls }): Promise<OpenedStore>;
}

/** Makes a data folder; what is opened in it is closed, and it is removed, by `cleanUp`. */
export async function testStore(cleanUp: CleanUp): Promise<TestStore> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const log = hearingLog();
  const file = (name: string): string => join(folder.path, 'config', name);
  await mkdir(file(''), { recursive: true });
  return {
    dataDir: folder.path,
    log,
    file,
    read: (name) => readFile(file(name), 'utf8'),
    write: (name, content) =>
      writeFile(file(name), typeof content === 'string' ? content : JSON.stringify(content, null, 2)),
    exists: (name) =>
      access(file(name)).then(
        () => true,
        () => false,
      ),
    async open({ configPath, writeCalls } = {}) {
      const opened = await openDocumentStore({
        dataDir: folder.path,
        configPath: configPath ?? null,
        clock: systemClock,
        log,
        platforms: PLATFORMS,
        ...(writeCalls === undefined ? {} : { writeCalls }),
      });
      cleanUp.closing(opened.store);
      return opened;
    },
  };
}

/** Resolves with the next document that is published. */
export function nextDocument(store: DocumentStore): Promise<Document> {
  return new Promise((resolve) => {
    const stop = store.subscribe((document) => {
      stop();
      resolve(document);
    });
  });
}
