import type { Page } from 'playwright-core';

/** How long the tasks of a page were: no frame can be drawn during one. Milliseconds. */
export interface LongestTask {
  readonly tasks: number;
  /** With what other programs of a busy machine took in between. */
  readonly byClockMs: number;
  /** What the page itself worked. */
  readonly ofProcessorMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock. */
  readonly dur?: number;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['toplevel'];
const MAIN_THREAD = 'CrRendererMain';

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}.${tid}`;

async function traced(page: Page, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser of its own');
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace: Buffer;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  // Chromium's Trace Event Format.
  return (JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents;
}

/** The longest task of a page's main thread while something is done. */
export async function longestTask(page: Page, work: () => Promise<void>): Promise<LongestTask> {
  const events = await traced(page, work);
  const isMain = ({ name, args }: TraceEvent): boolean =>
    name === 'thread_name' && args?.name === MAIN_THREAD;
  const mains = new Set(events.filter(isMain).map(threadOf));
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(threadOf(event)),
  );
  if (tasks.length === 0) throw new Error('the trace holds no tasks of the page');
  const longest = (microseconds: readonly (number | undefined)[]): number =>
    microseconds.reduce<number>((most, one = 0) => Math.max(most, one / 1000), 0);
  return {
    tasks: tasks.length,
    byClockMs: longest(tasks.map(({ dur }) => dur)),
    ofProcessorMs: longest(tasks.map(({ tdur }) => tdur)),
  };
}
