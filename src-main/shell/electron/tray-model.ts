import type { MenuItemConstructorOptions } from 'electron';
import type { Perform } from './desktop-action.ts';
import type { DesktopWords } from './desktop-words.ts';

/** How the proxy is, as the tray tells it. */
export type ProxyStatus = 'starting' | 'running' | 'paused' | 'stopping';

/** What the tray shows: a tip, and a menu below its icon. */
export interface TrayModel {
  readonly tip: string;
  readonly items: readonly MenuItemConstructorOptions[];
}

/** The tray as it should be now. @param address of the proxy; empty until it serves */
export function trayModel(
  { status, address }: { readonly status: ProxyStatus; readonly address: string },
  words: DesktopWords,
  perform: Perform,
): TrayModel {
  const line = words[status].replace('{address}', () => new URL(address).host);
  const serves = status === 'running' || status === 'paused';
  const pausing = status === 'paused' ? 'resume' : 'pause';
  return {
    tip: `AIProxy: ${line}`,
    items: [
      { label: line, enabled: false },
      { type: 'separator' },
      { label: words.open, enabled: serves, click: () => perform({ do: 'open' }) },
      { label: words.copyAddress, enabled: serves, click: () => perform({ do: 'copy-address' }) },
      { label: words[pausing], enabled: serves, click: () => perform({ do: pausing }) },
      { type: 'separator' },
      {
        label: status === 'stopping' ? words.quitNow : words.quit,
        click: () => perform({ do: 'quit' }),
      },
    ],
  };
}
