import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { Document } from '../../../src-main/contract/document.ts';
import type { CleanUp } from '../../support/clean-up.ts';
import { type LoggedRequest, requestLogLines } from '../../support/request-log-lines.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { writeDocument } from '../../support/write-document.ts';

/** A gateway in a process of its own, so that what it uses can be measured (Linux: from `/proc`). */
export interface GatewayProcess {
  readonly port: number;
  /** The memory it holds, in bytes. */
  residentBytes(): Promise<number>;
  /** How many descriptors it has open. */
  descriptors(): Promise<number>;
  lines(atLeast: number): Promise<readonly LoggedRequest[]>;
}

/** Starts a gateway with a document; `cleanUp` ends it and removes its folder. */
export async function startGatewayProcess(cleanUp: CleanUp, document: Document): Promise<GatewayProcess> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  await writeDocument(folder.path, document);
  const child = fork(new URL('./serving-process.ts', import.meta.url), [folder.path], {
    // As the launcher starts the program.
    execArgv: ['--max-semi-space-size=8'],
  });
  const exited = once(child, 'exit');
  cleanUp.add(async () => {
    if (child.connected) child.disconnect();
    await exited;
  });
  const [proxyUrl]: string[] = await Promise.race([once(child, 'message'), exited]);
  return {
    port: Number(new URL(String(proxyUrl)).port),
    async residentBytes() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
    },
    descriptors: async () => (await readdir(`/proc/${child.pid}/fd`)).length,
    lines: (atLeast) => requestLogLines(folder.path, atLeast),
  };
}
