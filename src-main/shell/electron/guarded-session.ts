import type { OnBeforeSendHeadersListenerDetails, Session } from 'electron';
import { isOfConsole, originOf } from './console-origin.ts';
import { headersToSend, type WindowRequest } from './header-policy.ts';
import { mayHave } from './permission-policy.ts';

/** What the window's session is guarded for. */
export interface SessionFacts {
  readonly consoleUrl: string;
  /** The proxy's own address: the API's page tries requests out there. */
  readonly proxyUrl: string;
  /** The admin token of this run. It is added to requests here, and never given to the page. */
  readonly token: string;
  /** Of the window's contents; `null` while there is none. */
  readonly windowContentsId: () => number | null;
  readonly saveTitle: () => string;
}

/** Schemes that never leave the page, and the developer tools, which installed copies do not have. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['blob:', 'data:', 'devtools:']);

/** Whether the session may load an address at all: this program's own, and nothing from anywhere else or from disk. */
export function mayLoad(
  url: string,
  { consoleUrl, proxyUrl }: Pick<SessionFacts, 'consoleUrl' | 'proxyUrl'>,
) {
  if (!URL.canParse(url)) return false;
  return (
    LOCAL_SCHEMES.has(new URL(url).protocol) || isOfConsole(url, consoleUrl) || isOfConsole(url, proxyUrl)
  );
}

/** Whether a file may be saved that comes from there: the console's own, also one that its page put together. */
export function mayDownload(url: string, consoleUrl: string): boolean {
  return originOf(url) === originOf(consoleUrl);
}

function windowRequest(
  details: OnBeforeSendHeadersListenerDetails,
  contentsId: number | null,
): WindowRequest {
  const { url, resourceType, initiatorOrigin, webContentsId, frame = null, requestHeaders } = details;
  const isWindow = contentsId !== null && webContentsId === contentsId;
  return {
    url,
    resourceType,
    initiatorOrigin: initiatorOrigin ?? frame?.origin ?? null,
    isTopFrame: isWindow && frame !== null && frame.parent === null,
    headers: requestHeaders,
  };
}

/** Guards the session before anything is loaded in it. */
export function guardSession(session: Session, facts: SessionFacts): void {
  const { consoleUrl, token, windowContentsId, saveTitle } = facts;
  session.setSpellCheckerEnabled(false);
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl, isMainFrame }) =>
    callback(mayHave({ permission, requestingUrl, isMainFrame }, consoleUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingUrl, { isMainFrame }) =>
    mayHave({ permission, requestingUrl, isMainFrame }, consoleUrl),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !mayLoad(url, facts) }));
  session.webRequest.onBeforeSendHeaders((details, callback) =>
    callback({
      requestHeaders: headersToSend(windowRequest(details, windowContentsId()), consoleUrl, token),
    }),
  );
  session.on('will-download', (event, item) => {
    if (mayDownload(item.getURL(), consoleUrl))
      item.setSaveDialogOptions({ title: saveTitle(), defaultPath: item.getFilename() });
    else event.preventDefault();
  });
}
