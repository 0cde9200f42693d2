/** More bugs than this within a minute are not one connection's bad luck. */
const MAX_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

/** Where faults come from: `process`, or a stand-in. */
export interface FaultSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (reason: unknown) => void): unknown;
}

/**
 * Keeps the process alive through an exception that no one caught. Nearly always it belongs to one connection, and
 * an exit would cut everyone else's streams; what must be whole (the document) is written by atomic renames and does
 * not depend on this process's good order. Where they come in numbers something is wrong for good, and whoever
 * supervises the process should start it anew.
 * @param log takes one line with the stack
 * @param nowMs a clock that never goes back
 * @returns `tooMany` resolves with the exit code once they come in numbers
 */
export function catchFaults(
  source: FaultSource,
  log: (text: string) => void,
  nowMs: () => number,
): { readonly tooMany: Promise<number> } {
  const tooMany = Promise.withResolvers<number>();
  let recentMs: readonly number[] = [];
  const onFault = (kind: string) => (reason: unknown) => {
    log(`${kind}: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`);
    const now = nowMs();
    recentMs = [...recentMs.filter((then) => now - then < MINUTE_MS), now];
    if (recentMs.length > MAX_PER_MINUTE) tooMany.resolve(1);
  };
  source.on('uncaughtException', onFault('uncaught exception'));
  source.on('unhandledRejection', onFault('unhandled rejection'));
  return { tooMany: tooMany.promise };
}
