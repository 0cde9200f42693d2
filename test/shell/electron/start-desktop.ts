import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Document } from '../../../src-main/contract/document.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { writeDocument } from '../../support/write-document.ts';

const PROGRAM = fileURLToPath(new URL('../../../dist/main/electron.js', import.meta.url));
const REGISTER = fileURLToPath(new URL('./stand-in/register.ts', import.meta.url));

const Reply = z.object({ id: z.number(), result: z.unknown().optional(), error: z.string().optional() });
const Ready = z.object({ proxy: z.string(), console: z.string(), admin_token: z.string() });

const Seen = z.object({
  messages: z.array(z.object({ message: z.string(), detail: z.string() })),
  external: z.array(z.string()),
  notifications: z.array(z.object({ title: z.string(), body: z.string() })),
  downloads: z.array(z.object({ name: z.string(), title: z.string(), allowed: z.boolean() })),
  copied: z.string(),
  focused: z.number(),
  visible: z.boolean(),
  tip: z.string(),
  tray: z.array(z.string()),
  menu: z.array(z.string()),
  guards: z.array(z.string()),
  window: z.looseObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).nullable(),
});
/** What a person would see of the desktop program. */
export type Seen = z.infer<typeof Seen>;

/** The desktop program, whole, in a process of its own with a stand-in for Electron. */
export interface Desktop {
  readonly dataDir: string;
  /** What it printed when it served. @throws Error where it ended before */
  ready(): Promise<z.infer<typeof Ready>>;
  /** Asks the stand-in to do something. @throws Error with its words */
  order(what: string, ...words: readonly string[]): Promise<unknown>;
  seen(): Promise<Seen>;
  /** The value of an expression in the window's page. */
  inPage(expression: string): Promise<unknown>;
  signal(name: NodeJS.Signals): void;
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
  /** What it printed on standard error. */
  errors(): string;
  close(): Promise<void>;
}

/** How it is started. */
export interface DesktopOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly document?: Document;
  /** A data folder that stays. */
  readonly dataDir?: string;
  /** The main process's file, in place of the checkout's. */
  readonly program?: string;
}

function ordersTo(child: ChildProcess): Desktop['order'] {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  child.on('message', (message) => {
    const { id, result, error } = Reply.parse(message);
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) waiter?.resolve(result);
    else waiter?.reject(new Error(error));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the program has ended'));
  });
  return (what, ...words) => {
    lastId += 1;
    const waiter = Promise.withResolvers<unknown>();
    waiting.set(lastId, waiter);
    child.send({ id: lastId, do: what, with: words });
    return waiter.promise;
  };
}

const namedBrowser = (): Readonly<Record<string, string>> =>
  process.env.CHROMIUM === undefined ? {} : { CHROMIUM: process.env.CHROMIUM };

/** The first line on standard output. */
async function firstLine(child: ChildProcess, errors: () => string): Promise<string> {
  let text = '';
  const line = Promise.withResolvers<string>();
  child.stdout?.on('data', (data) => {
    text += String(data);
    const end = text.indexOf('\n');
    if (end >= 0) line.resolve(text.slice(0, end));
  });
  child.once('exit', (code) => line.reject(new Error(`it ended with ${code}: ${errors()}`)));
  return line.promise;
}

/** Starts it on ports and in a data folder of its own. */
export async function startDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const folder = await tempFolder();
  const dataDir = options.dataDir ?? join(folder.path, 'data');
  await mkdir(dataDir, { recursive: true });
  if (options.document !== undefined) await writeDocument(dataDir, options.document);
  const words = [
    '--json',
    '--data-dir',
    dataDir,
    '--port',
    '0',
    '--console-port',
    '0',
    ...(options.args ?? []),
  ];
  const child = fork(options.program ?? PROGRAM, words, {
    execArgv: ['--import', REGISTER],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH ?? '', HOME: folder.path, ...namedBrowser(), ...options.env },
  });
  let errors = '';
  child.stderr?.on('data', (data) => {
    errors += String(data);
  });
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const ready = firstLine(child, () => errors).then((line) => Ready.parse(JSON.parse(line)));
  ready.catch(() => undefined);
  const order = ordersTo(child);
  return {
    dataDir,
    ready: () => ready,
    order,
    seen: async () => Seen.parse(await order('state')),
    inPage: (expression) => order('evaluate', expression),
    signal: (name) => void child.kill(name),
    ended,
    errors: () => errors,
    async close() {
      if (child.exitCode === null) child.kill('SIGKILL');
      await ended;
      await folder.remove();
    },
  };
}
