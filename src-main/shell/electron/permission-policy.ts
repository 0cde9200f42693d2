import { originOf } from './console-origin.ts';

/** What a page may do besides showing itself: write text to the clipboard after a click, for the copy buttons. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Who asks for a permission. */
export interface PermissionAsked {
  readonly permission: string;
  /** An address or an origin of the page that asks. */
  readonly requestingUrl: string;
  readonly isMainFrame: boolean;
}

/** Whether a permission is granted: everything is denied but what the console's own page needs. */
export function mayHave(
  { permission, requestingUrl, isMainFrame }: PermissionAsked,
  consoleUrl: string,
): boolean {
  return isMainFrame && GRANTED.has(permission) && originOf(requestingUrl) === originOf(consoleUrl);
}
