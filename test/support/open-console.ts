import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openDocumentStore } from '../../src-main/adapters/document/open-store.ts';
import { openRetiredIds } from '../../src-main/adapters/retired-ids.ts';
import { tlsProblem } from '../../src-main/adapters/tls-files.ts';
import type { AdminContext } from '../../src-main/admin/admin-context.ts';
import { hashAdminToken } from '../../src-main/admin/admin-token.ts';
import { consoleApp } from '../../src-main/admin/console-app.ts';
import { nodeListener } from '../../src-main/admin/node-listener.ts';
import type { RendererFiles } from '../../src-main/admin/renderer-files.ts';
import { loopbackOrigins } from '../../src-main/admin/same-origin.ts';
import { SignIn } from '../../src-main/admin/sign-in.ts';
import type { AuditEntry } from '../../src-main/contract/audit.ts';
import { type Document, emptyDocument } from '../../src-main/contract/document.ts';
import type { AuditLog } from '../../src-main/core/control-ports.ts';
import { NO_LAST_USES } from '../../src-main/core/last-use.ts';
import type { DocumentStore } from '../../src-main/core/ports.ts';
import { NO_SESSION_STORE } from '../../src-main/core/session-store.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';
import type { ConsoleAddress } from './admin-client.ts';
import type { CleanUp } from './clean-up.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';
import { hearingLog } from './test-store.ts';
import { writeDocument } from './write-document.ts';

/** What a test puts in place of the program's own. */
export interface ConsoleParts {
  readonly document?: Document;
  readonly files?: RendererFiles;
  readonly context?: Partial<AdminContext>;
}

/** The console listener alone, on a port of its own, over a real document and a clock that a test moves. */
export interface OpenConsole extends ConsoleAddress {
  readonly port: number;
  readonly clock: FakeClock;
  readonly store: DocumentStore;
  readonly dataDir: string;
  /** What was audited. */
  readonly audited: readonly Omit<AuditEntry, 'v' | 'time'>[];
  /** Exceptions no one caught. */
  readonly faults: readonly Error[];
}

const RUN_TOKEN = 'at-of-this-run';

/** An audit log that a test looks into. */
function heardAudit(entries: Omit<AuditEntry, 'v' | 'time'>[]): AuditLog {
  return {
    append: async (entry) => void entries.push(entry),
    find: async () => ({ items: [], next: null }),
  };
}

/** What the tests of this listener do not touch. */
function unused<T extends object>(name: string): T {
  const fail = (): never => {
    throw new Error(`${name} is not part of this test`);
  };
  // It throws whatever it is asked for, so it may pose as anything.
  return new Proxy(fail, { get: () => fail, apply: fail }) as unknown as T;
}

/** What an API works with whose program does nothing. */
function idleContext(parts: Pick<AdminContext, 'clock' | 'store' | 'audit'>): Omit<AdminContext, 'retired'> {
  return {
    version: '2.0.0',
    startedAtMs: parts.clock.now(),
    proxyUrl: () => 'http://127.0.0.1:8001',
    proxyUrls: () => ['http://127.0.0.1:8001'],
    maskKeys: (text) => text,
    demo: { access: null, start: unused('demo.start'), end: unused('demo.end') },
    served: () => parts.store.current,
    platforms: PLATFORMS,
    usage: unused('usage'),
    exportUsage: unused('exportUsage'),
    requests: unused('requests'),
    feed: unused('feed'),
    openRequests: () => 0,
    isPaused: () => false,
    setPaused: unused('setPaused'),
    openWebSockets: () => [],
    lastUses: NO_LAST_USES,
    tlsProblem,
    probe: unused('probe'),
    trials: unused('trials'),
    archive: unused('archive'),
    importFiles: unused('importFiles'),
    shutdown: unused('shutdown'),
    ...parts,
  };
}

/** Opens it; closed by `cleanUp`. */
export async function openConsole(cleanUp: CleanUp, parts: ConsoleParts = {}): Promise<OpenConsole> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  await writeDocument(folder.path, parts.document ?? emptyDocument());
  const clock = createFakeClock();
  const { store } = await openDocumentStore({
    dataDir: folder.path,
    configPath: null,
    clock,
    log: hearingLog(),
    platforms: PLATFORMS,
  });
  cleanUp.closing(store);
  const audited: Omit<AuditEntry, 'v' | 'time'>[] = [];
  const faults: Error[] = [];
  const audit = heardAudit(audited);
  const context: AdminContext = {
    ...idleContext({ clock, store, audit }),
    retired: await openRetiredIds(join(folder.path, 'state', 'retired-ids.jsonl')),
    ...parts.context,
  };
  const storedHash = () => store.current.system.admin_token_hash ?? null;
  const signIn = new SignIn(
    { runHash: hashAdminToken(RUN_TOKEN), isRunChosen: false, storedHash },
    clock,
    audit,
    NO_SESSION_STORE,
  );
  let port = 0;
  const app = consoleApp({
    context,
    signIn,
    allowedOrigins: () => loopbackOrigins(port, false),
    files: parts.files ?? new Map(),
    onFault: (error) => void faults.push(error),
  });
  const server = createServer(nodeListener(app));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  cleanUp.add(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port,
    consoleUrl: `http://127.0.0.1:${port}`,
    runToken: RUN_TOKEN,
    clock,
    store,
    dataDir: folder.path,
    audited,
    faults,
  };
}
