import type { App, WebContents } from 'electron';
import { consoleFingerprint, isPinned } from './certificate-policy.ts';
import { externalAddress, mayNavigate } from './navigation-policy.ts';

/** What contents are guarded for. */
export interface ContentsFacts {
  readonly consoleUrl: string;
  /** Opens an address in the system's browser. */
  readonly openExternal: (url: string) => void;
}

/** Keeps contents within the console; what wants a window of its own goes to the system's browser. */
export function guardContents(contents: WebContents, { consoleUrl, openExternal }: ContentsFacts): void {
  contents.on('will-frame-navigate', (details) => {
    if (!mayNavigate(details.url, consoleUrl)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!mayNavigate(details.url, consoleUrl)) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const address = externalAddress(url);
    if (address !== null) openExternal(address);
    return { action: 'deny' };
  });
}

/** Guards all contents that are ever made, and the certificates that they meet. */
export function guardAllContents(app: App, facts: ContentsFacts): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, facts));
  app.on('certificate-error', (event, _contents, url, _error, { fingerprint }, callback) => {
    event.preventDefault();
    consoleFingerprint(facts.consoleUrl).then(
      (own) => callback(isPinned({ url, fingerprint }, facts.consoleUrl, own)),
      () => callback(false),
    );
  });
}
