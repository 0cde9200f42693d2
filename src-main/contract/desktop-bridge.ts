import { z } from 'zod';

/** The languages of the console and of the shell's own menus; `system` follows the computer's. */
export const LANGUAGES = ['system', 'en', 'zh'] as const;

/** What the desktop shell keeps for this computer, beside the document. */
export const DesktopSettings = z.strictObject({
  /** Whether the program starts when the person signs in to the computer. */
  openAtLogin: z.boolean(),
  /** Whether the proxy goes on when the window is closed. */
  keepRunning: z.boolean(),
  language: z.enum(LANGUAGES),
});
export type DesktopSettings = z.infer<typeof DesktopSettings>;

/** What is shown outside the window. */
export const DesktopNotice = z.strictObject({ title: z.string().max(200), body: z.string().max(1000) });
export type DesktopNotice = z.infer<typeof DesktopNotice>;

/** What the preload script offers the console as `window.aiproxyDesktop`; there is none in a browser. */
export interface DesktopBridge {
  readonly platform: string;
  getSettings(): Promise<DesktopSettings>;
  /** Changes some of them. @returns all of them as they are now */
  changeSettings(changed: Partial<DesktopSettings>): Promise<DesktopSettings>;
  notify(notice: DesktopNotice): Promise<void>;
  /** Calls back with a path of the console, such as `/users`, when the shell wants to show it. */
  onShow(listener: (path: string) => void): void;
}
