import { createApp } from '../../src-main/app.ts';
import type { App, AppOptions, Started } from '../../src-main/app-options.ts';
import type { Document } from '../../src-main/contract/document.ts';
import type { StatsAnswer } from '../../src-main/core/statistics.ts';
import { type LoggedRequest, requestLogLines } from './request-log-lines.ts';
import { tempFolder } from './temp-folder.ts';
import { writeDocument } from './write-document.ts';

/** AIProxy itself, in this process, on ports and in a data folder of its own. */
export interface Gateway extends Started, Pick<App, 'setPaused' | 'isPaused'> {
  readonly dataDir: string;
  readonly port: number;
  /** `GET /stats` */
  stats(): Promise<StatsAnswer>;
  /** The request log, once it has as many lines. */
  lines(atLeast: number): Promise<readonly LoggedRequest[]>;
  /** Replaces the document by hand, as an admin with an editor would. */
  edit(document: Document): Promise<void>;
  /** Stops the gateway and keeps its folder. Doing it twice does nothing. */
  stop(graceMs?: number): Promise<void>;
  /** Stops the gateway and removes its folder. */
  close(): Promise<void>;
}

/** Starts a gateway with a document. @param options override what a test usually wants */
export async function startGateway(document: Document, options: Partial<AppOptions> = {}): Promise<Gateway> {
  const folder = await tempFolder();
  await writeDocument(folder.path, document);
  const app = createApp({
    dataDir: folder.path,
    configPath: null,
    port: 0,
    consolePort: 0,
    demo: false,
    logLevel: 'warn',
    env: {},
    ...options,
  });
  const started = await app.start().catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  let stopped: Promise<void> | null = null;
  const stop: Gateway['stop'] = async (graceMs = 0) => {
    stopped ??= app.stop(graceMs);
    await stopped;
  };
  return {
    ...started,
    setPaused: app.setPaused,
    isPaused: app.isPaused,
    dataDir: folder.path,
    port: Number(new URL(started.proxyUrl).port),
    async stats() {
      const response = await fetch(`${started.proxyUrl}/stats`);
      return (await response.json()) as StatsAnswer;
    },
    lines: (atLeast) => requestLogLines(folder.path, atLeast),
    edit: (edited) => writeDocument(folder.path, edited),
    stop,
    async close() {
      await stop();
      await folder.remove();
    },
  };
}
