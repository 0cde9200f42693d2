import { createContext, runInContext } from 'node:vm';
import { dashboardPage } from '../../src-main/proxy/internal/dashboard-page.ts';
import type { DashboardLanguage } from '../../src-main/proxy/internal/dashboard-texts.ts';

/** The few things the dashboard's script uses of an element. */
class PageElement {
  readonly style: Record<string, string> = {};
  readonly attributes: Record<string, string> = {};
  readonly #listeners: ((event: { target: PageElement }) => void)[] = [];
  children: (PageElement | string)[] = [];
  className = '';
  title = '';
  value = '';
  hidden = false;
  colSpan = 1;
  parentElement: PageElement | null = null;

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }
  set textContent(text: string) {
    this.children = [text];
  }
  append(...children: (PageElement | string)[]): void {
    this.children.push(...children);
  }
  replaceChildren(...children: (PageElement | string)[]): void {
    this.children = children;
  }
  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }
  addEventListener(_type: 'change', listener: (event: { target: PageElement }) => void): void {
    this.#listeners.push(listener);
  }
  choose(value: string): void {
    this.value = value;
    for (const listener of this.#listeners) listener({ target: this });
  }
}

/** What `/stats` answers: a status and a body, or a failure to connect. */
export type StatsReply = { readonly status: number; readonly body: unknown } | Error;

export interface DashboardInAPage {
  text(id: string): string;
  element(id: string): PageElement;
  /** The channel table's rows, each with its cells' text. */
  rows(): readonly (readonly string[])[];
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>;
  /** The addresses that were fetched so far. */
  readonly fetched: readonly string[];
}

/** Runs the dashboard's own script against a page in memory. @param stored what `localStorage` holds; `null`: it is switched off */
export async function dashboardInAPage(
  reply: () => StatsReply,
  stored: Map<string, string> | null = new Map(),
  language: DashboardLanguage = 'zh',
): Promise<DashboardInAPage> {
  const { html } = dashboardPage(language);
  const elements = new Map<string, PageElement>();
  for (const [, id = ''] of html.matchAll(/ id="([^"]+)"/g)) {
    const element = new PageElement();
    element.parentElement = new PageElement();
    elements.set(id, element);
  }
  const element = (id: string): PageElement => {
    const found = elements.get(id);
    if (found === undefined) throw new Error(`the page has no element ${id}`);
    return found;
  };
  const fetched: string[] = [];
  const ticks: (() => void)[] = [];
  const localStorage = {
    getItem(name: string) {
      if (stored === null) throw new Error('switched off');
      return stored.get(name) ?? null;
    },
    setItem(name: string, value: string) {
      if (stored === null) throw new Error('switched off');
      stored.set(name, value);
    },
  };
  const fetch = async (address: string) => {
    fetched.push(address);
    const answer = reply();
    if (answer instanceof Error) throw answer;
    return { ok: answer.status === 200, status: answer.status, json: async () => answer.body };
  };
  const document = { getElementById: element, createElement: () => new PageElement() };
  const setInterval = (tick: () => void) => ticks.push(tick);
  const script = /<script>(.*)<\/script>/s.exec(html)?.[1] ?? '';
  runInContext(script, createContext({ document, localStorage, fetch, setInterval, AbortSignal }));
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  await settled();
  return {
    element,
    fetched,
    text: (id) => element(id).textContent,
    rows: () =>
      element('channels').children.map((row) =>
        typeof row === 'string'
          ? [row]
          : row.children.map((cell) => (typeof cell === 'string' ? cell : cell.textContent)),
      ),
    async pass(seconds) {
      for (let second = 0; second < seconds; second += 1) {
        for (const tick of ticks) tick();
        await settled();
      }
    },
  };
}
