import { isOfConsole, originOf } from './console-origin.ts';

/** A request of the window before it is sent, as far as it decides about the credential. */
export interface WindowRequest {
  readonly url: string;
  readonly resourceType: string;
  /** The origin of the page that asks, as the browser knows it; `null` where the browser asks by itself. */
  readonly initiatorOrigin: string | null;
  /** Whether the console's window asks, from its top frame. */
  readonly isTopFrame: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the page's own script asks for. Documents, scripts and pictures of the console need no credential. */
const BY_SCRIPT: ReadonlySet<string> = new Set(['xhr', 'webSocket']);

const hasHeader = (headers: WindowRequest['headers'], name: string): boolean =>
  Object.keys(headers).some((header) => header.toLowerCase() === name);

/**
 * Whether the shell shows its credential with this request: only where the console's own page, in its top frame, asks
 * the console, and does not show one itself.
 */
export function needsCredential(request: WindowRequest, consoleUrl: string): boolean {
  const { url, resourceType, initiatorOrigin, isTopFrame, headers } = request;
  return (
    isTopFrame &&
    BY_SCRIPT.has(resourceType) &&
    isOfConsole(url, consoleUrl) &&
    initiatorOrigin === originOf(consoleUrl) &&
    !hasHeader(headers, 'authorization')
  );
}

/**
 * The headers to send in place of a request's own. A redirect repeats what was added before it: where that leads
 * elsewhere, the credential is taken off again.
 * @param token of this run, never shown to the page
 */
export function headersToSend(
  request: WindowRequest,
  consoleUrl: string,
  token: string,
): Record<string, string> {
  const credential = `Bearer ${token}`;
  if (needsCredential(request, consoleUrl)) return { ...request.headers, Authorization: credential };
  const isOwn = isOfConsole(request.url, consoleUrl);
  return Object.fromEntries(
    Object.entries(request.headers).filter(([, value]) => isOwn || value !== credential),
  );
}
