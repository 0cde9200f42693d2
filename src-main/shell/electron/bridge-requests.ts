import { z } from 'zod';
import { DesktopNotice, DesktopSettings } from '../../contract/desktop-bridge.ts';
import { BRIDGE } from './bridge-channels.ts';
import { isOfConsole } from './console-origin.ts';

/** Who sent a message: the frame's address, and whether it is the window's top frame. */
export interface BridgeSender {
  readonly url: string;
  readonly isTopFrame: boolean;
}

/** What the bridge reaches behind it. */
export interface BridgePorts {
  settings(): DesktopSettings | Promise<DesktopSettings>;
  changeSettings(changed: Partial<DesktopSettings>): Promise<DesktopSettings>;
  notify(notice: DesktopNotice): void;
}

/** Answers one kind of message. @throws Error for a stranger, or for arguments that are not what the bridge sends */
export type BridgeHandler = (sender: BridgeSender, argument: unknown) => Promise<unknown>;

/** A settings change with its absent members left out, as `exactOptionalPropertyTypes` wants it. */
function parsedChange(argument: unknown): Partial<DesktopSettings> {
  const { openAtLogin, keepRunning, language } = DesktopSettings.partial().parse(argument);
  return {
    ...(openAtLogin === undefined ? {} : { openAtLogin }),
    ...(keepRunning === undefined ? {} : { keepRunning }),
    ...(language === undefined ? {} : { language }),
  };
}

/** The handlers by message. Each looks at who asks first, and then at what was sent. */
export function bridgeHandlers(
  ports: BridgePorts,
  consoleUrl: () => string | null,
): Readonly<Record<string, BridgeHandler>> {
  const guarded =
    (handler: (argument: unknown) => unknown): BridgeHandler =>
    async (sender, argument) => {
      const url = consoleUrl();
      if (url === null || !sender.isTopFrame || !isOfConsole(sender.url, url))
        throw new Error('only the console may ask this');
      return handler(argument);
    };
  return {
    [BRIDGE.getSettings]: guarded((argument) => {
      z.undefined().parse(argument);
      return ports.settings();
    }),
    [BRIDGE.changeSettings]: guarded((argument) => ports.changeSettings(parsedChange(argument))),
    [BRIDGE.notify]: guarded((argument) => ports.notify(DesktopNotice.parse(argument))),
  };
}
