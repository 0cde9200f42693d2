import type { DevtoolsSession } from './devtools.ts';

/** A page in a real browser, as its reader and its developer see it. */
export interface BrowserPage {
  /** What the browser complained of: exceptions, errors on the console, violations of the page's policy. */
  readonly problems: readonly string[];
  /** Every address that was asked for. */
  readonly requested: readonly string[];
  /** The value of an expression in the page; JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Resolves when an expression is true in the page. @throws Error after 30 s, with what the page says */
  until(expression: string): Promise<void>;
  /** Types into an element, in place of what it holds. */
  type(selector: string, text: string): Promise<void>;
  click(selector: string): Promise<void>;
  /** Clicks on a link, and resolves when the page it leads to has loaded. */
  follow(selector: string): Promise<void>;
  /** What the page says. */
  text(): Promise<string>;
  reload(): Promise<void>;
}

const LONGEST_MS = 30_000;

const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((at, name) => Reflect.get(Object(at), name), value);

/** Keeps what goes wrong in a page. */
async function watch(session: DevtoolsSession): Promise<{ problems: string[]; requested: string[] }> {
  const problems: string[] = [];
  const requested: string[] = [];
  session.on('Runtime.exceptionThrown', (event) =>
    problems.push(`exception: ${member(event, 'exceptionDetails', 'exception', 'description')}`),
  );
  session.on('Runtime.consoleAPICalled', (event) => {
    if (event.type === 'error' || event.type === 'assert')
      problems.push(`console: ${JSON.stringify(member(event, 'args'))}`);
  });
  session.on('Log.entryAdded', ({ entry }) => {
    if (member(entry, 'level') === 'error')
      problems.push(`${member(entry, 'source')}: ${member(entry, 'text')} ${member(entry, 'url') ?? ''}`);
  });
  session.on('Audits.issueAdded', ({ issue }) => {
    if (member(issue, 'code') === 'ContentSecurityPolicyIssue')
      problems.push(`policy: ${JSON.stringify(member(issue, 'details'))}`);
  });
  session.on('Network.requestWillBeSent', (event) => requested.push(String(member(event, 'request', 'url'))));
  for (const domain of ['Runtime', 'Log', 'Audits', 'Network', 'Page'])
    await session.send(`${domain}.enable`);
  return { problems, requested };
}

/** Opens an address in a page. */
export async function openPage(
  session: DevtoolsSession,
  url: string,
  language: string,
): Promise<BrowserPage> {
  const seen = await watch(session);
  let loaded = Promise.withResolvers<void>();
  session.on('Page.loadEventFired', () => loaded.resolve());
  const load = async (begin: Promise<unknown>): Promise<void> => {
    await begin;
    await loaded.promise;
    loaded = Promise.withResolvers<void>();
  };
  await session.send('Emulation.setUserAgentOverride', { userAgent: 'Test', acceptLanguage: language });
  await load(session.send('Page.navigate', { url }));

  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await session.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (answer.exceptionDetails !== undefined)
      throw new Error(`in the page: ${JSON.stringify(answer.exceptionDetails)}`);
    return member(answer, 'result', 'value');
  };
  const text = async (): Promise<string> => String(await evaluate('document.body.innerText'));
  const click = async (selector: string): Promise<void> => {
    await evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
  };
  return {
    ...seen,
    evaluate,
    text,
    async until(expression) {
      const looking = `new Promise((resolve) => {
        const end = performance.now() + ${LONGEST_MS};
        const look = () => {
          let found = false;
          try { found = Boolean(${expression}); } catch {}
          if (found || performance.now() > end) resolve(found);
          else setTimeout(look, 20);
        };
        look();
      })`;
      if ((await evaluate(looking)) !== true)
        throw new Error(`never true: ${expression}; the page says: ${(await text()).slice(0, 500)}`);
    },
    async type(selector, typed) {
      await evaluate(
        `(() => { const e = document.querySelector(${JSON.stringify(selector)}); e.focus(); e.select(); })()`,
      );
      await session.send('Input.insertText', { text: typed });
    },
    click,
    follow: (selector) => load(click(selector)),
    reload: () => load(session.send('Page.reload')),
  };
}
