import type { DesktopBridge } from '../../src-main/contract/desktop-bridge.ts';

declare global {
  interface Window {
    /** Set by the desktop shell's preload script. */
    readonly aiproxyDesktop?: DesktopBridge;
  }
}

/** The desktop shell around this page; `null` in a browser. */
export const desktop: DesktopBridge | null = window.aiproxyDesktop ?? null;
