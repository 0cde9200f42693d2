import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** What the thread worked, in microseconds; on a busy machine less than what passed. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const CATEGORIES = ['toplevel', 'disabled-by-default-devtools.timeline'];

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}.${tid}`;

/**
 * The longest time that a page worked without a pause while something was done, in milliseconds of its own thread:
 * no frame can be shown meanwhile.
 */
export async function longestBusyMs(page: Page, deed: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser of its own');
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace: Buffer;
  try {
    await deed();
  } finally {
    trace = await browser.stopTracing();
  }
  // Chromium's own format.
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  const times = traceEvents
    .filter((event) => event.ph === 'X' && event.name.includes('RunTask') && mains.has(threadOf(event)))
    .map(({ tdur = 0 }) => tdur / 1000);
  if (times.length === 0) throw new Error('the trace has no work of the page');
  return times.reduce((longest, one) => Math.max(longest, one), 0);
}
