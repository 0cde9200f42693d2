import { z } from 'zod';
import { emitFromApp, quit } from './app.ts';
import { theWindow, windowOptions } from './browser-window.ts';
import { chooseInMenu, chooseInTray, menuTitles, trayLines } from './menus.ts';
import { seen } from './seen.ts';
import { preventable } from './strict.ts';
import { guards } from './web-request.ts';

/** What the test asks of the process that runs with the stand-in. */
const Order = z.object({
  id: z.number(),
  do: z.string(),
  with: z.array(z.string()),
});

const ORDERS: Readonly<Record<string, (...words: string[]) => unknown>> = {
  state: () => ({
    ...seen,
    tray: trayLines(),
    menu: menuTitles(),
    guards: guards(),
    window: windowOptions(),
  }),
  tray: (label) => chooseInTray(label ?? ''),
  menu: (...labels) => chooseInMenu(labels),
  'second-instance': (...argv) => emitFromApp('second-instance', {}, argv, '/', null),
  'open-url': (url) => emitFromApp('open-url', preventable({}), url),
  'close-window': () => theWindow().close(),
  quit: () => quit(),
  evaluate: async (expression) => (await theWindow().page).evaluate(expression ?? ''),
  'wait-for-screen': async (path) => {
    await (await theWindow().page).waitForURL(({ pathname, search }) => `${pathname}${search}` === path);
  },
  address: async () => (await theWindow().page).url(),
};

/** Answers the test, which started this process with a channel. */
export function answerTest(): void {
  process.on('message', async (message) => {
    const order = Order.parse(message);
    try {
      const result = await ORDERS[order.do]?.(...order.with);
      process.send?.({ id: order.id, result: result ?? null });
    } catch (error) {
      process.send?.({ id: order.id, error: String(error) });
    }
  });
}
