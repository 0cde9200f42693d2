import { join } from 'node:path';
import { app, clipboard, dialog, ipcMain, Notification, session, shell } from 'electron';
import { createApp } from '../../app.ts';
import { type AppOptions, type App as Gateway, StartError, type Started } from '../../app-options.ts';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import type { DesktopNotice, DesktopSettings } from '../../contract/desktop-bridge.ts';
import { askConsole } from './ask-console.ts';
import { type BridgePorts, bridgeHandlers } from './bridge-requests.ts';
import { ConsoleWindow } from './console-window.ts';
import { linkedPath } from './deep-link.ts';
import type { DesktopAction } from './desktop-action.ts';
import { DesktopMenus } from './desktop-menus.ts';
import type { DesktopStateFile } from './desktop-state.ts';
import { type DesktopWords, languageOf, wordsOf } from './desktop-words.ts';
import { guardAllContents } from './guarded-contents.ts';
import { guardSession } from './guarded-session.ts';
import { closingMeans } from './life-cycle.ts';
import type { LoginItem } from './login-item.ts';
import { Serving } from './serving.ts';
import { picturesFolder, preloadPath } from './shell-files.ts';
import { showLicence } from './show-licence.ts';
import type { ProxyStatus } from './tray-model.ts';

const openExternal = (url: string): void => void shell.openExternal(url).catch(() => undefined);

/** What the desktop program is started with. */
export interface DesktopFacts {
  readonly options: AppOptions;
  readonly stateFile: DesktopStateFile;
  readonly login: LoginItem;
  /** Whether it begins in the tray alone. */
  readonly hidden: boolean;
  readonly err: (text: string) => void;
  /** Takes what the start is to say on standard output. */
  readonly onStarted: (started: Started) => void;
}

/** The desktop program: the gateway in this process, and the window, tray and menu around it. */
export class Desktop {
  readonly #facts: DesktopFacts;
  readonly #gateway: Gateway;
  readonly #serving: Serving;
  #window: ConsoleWindow | null = null;
  #menus: DesktopMenus | null = null;
  #wantsShow: { readonly path: string | null } | null;

  constructor(facts: DesktopFacts) {
    this.#facts = facts;
    this.#wantsShow = facts.hidden ? null : { path: null };
    this.#gateway = createApp(facts.options);
    this.#serving = new Serving(this.#gateway, {
      onServing: (started) => this.#serve(started),
      onFailed: (error) => this.#explain(error),
      onStopFailed: (error) => facts.err(`aiproxy: it did not end in good order: ${error}\n`),
      onPhase: () => this.#phaseChanged(),
      exit: (code) => this.#exit(code),
    });
  }

  get serving(): Serving {
    return this.#serving;
  }

  /** Begins, once Electron is ready. */
  async begin(): Promise<void> {
    await this.#facts.stateFile.read();
    this.#menus = new DesktopMenus({
      words: () => this.#words,
      status: () => this.#status(),
      address: () => this.#serving.started?.proxyUrl ?? '',
      perform: (action) => this.#perform(action),
    });
    await this.#serving.begin();
  }

  /** Shows the window, or remembers to once it serves. @param link that was opened; what it cannot show, it ignores */
  show(link: string | null): void {
    const path = link === null ? null : linkedPath(link);
    if (link !== null && path === null)
      this.#facts.err('aiproxy: a link was not understood and is ignored\n');
    if (this.#serving.phase === 'running') this.#window?.show(path);
    else this.#wantsShow = { path };
  }

  get #words(): DesktopWords {
    const { language } = this.#facts.stateFile.current;
    return wordsOf(languageOf(language, app.getPreferredSystemLanguages()[0] ?? app.getLocale()));
  }

  #serve(started: Started): void {
    const { consoleUrl, proxyUrl, runToken: token } = started;
    guardAllContents(app, { consoleUrl, openExternal });
    guardSession(session.defaultSession, {
      consoleUrl,
      proxyUrl,
      token,
      windowContentsId: () => this.#window?.contentsId ?? null,
      saveTitle: () => this.#words.saveFile,
    });
    this.#answerBridge(consoleUrl);
    const { stateFile } = this.#facts;
    this.#window = new ConsoleWindow({
      consoleUrl,
      preload: preloadPath(),
      icon: join(picturesFolder(), 'window.png'),
      isPackaged: app.isPackaged,
      lastPlacement: () => stateFile.current.window,
      keepPlacement: (window) => void stateFile.change({ window }),
      onClose: () => this.#close(),
    });
    started.shutdownAsked.then(() => this.#serving.quit());
    this.#facts.onStarted(started);
    if (this.#wantsShow !== null) this.#window.show(this.#wantsShow.path);
  }

  #answerBridge(consoleUrl: string): void {
    const ports: BridgePorts = {
      settings: () => this.#settings(),
      changeSettings: (changed) => this.#changeSettings(changed),
      notify: (notice) => this.#notify(notice),
    };
    for (const [channel, handler] of Object.entries(bridgeHandlers(ports, () => consoleUrl))) {
      ipcMain.handle(channel, ({ senderFrame }, argument: unknown) =>
        handler({ url: senderFrame?.url ?? '', isTopFrame: senderFrame?.parent === null }, argument),
      );
    }
  }

  async #settings(): Promise<DesktopSettings> {
    const { keepRunning, language } = this.#facts.stateFile.current;
    return { openAtLogin: await this.#facts.login.isOn(), keepRunning, language };
  }

  async #changeSettings({ openAtLogin, ...kept }: Partial<DesktopSettings>): Promise<DesktopSettings> {
    if (openAtLogin !== undefined) await this.#facts.login.set(openAtLogin);
    await this.#facts.stateFile.change(kept);
    this.#menus?.redraw();
    return this.#settings();
  }

  #notify({ title, body }: DesktopNotice): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on('click', () => this.#perform({ do: 'open' }));
    notification.show();
  }

  #close(): boolean {
    const { stateFile } = this.#facts;
    const meaning = closingMeans(this.#serving.phase, stateFile.current.keepRunning);
    if (meaning === 'hide') {
      this.#window?.hide();
      if (!stateFile.current.toldKeepsRunning) {
        this.#notify({ title: this.#words.keepsRunningTitle, body: this.#words.keepsRunning });
        void stateFile.change({ toldKeepsRunning: true });
      }
    }
    // Once it is closed: quitting takes away what is left of it.
    if (meaning === 'quit') setImmediate(() => this.#serving.quit());
    return meaning !== 'hide';
  }

  #perform(action: DesktopAction): void {
    const { started } = this.#serving;
    switch (action.do) {
      case 'open':
        this.show(null);
        break;
      case 'show':
        if (this.#serving.phase === 'running') this.#window?.show(action.path);
        break;
      case 'copy-address':
        void clipboard.writeText(started?.proxyUrl ?? '');
        break;
      case 'pause':
      case 'resume':
        void this.#setPaused(action.do);
        break;
      case 'api-docs':
        if (started !== null) openExternal(`${started.consoleUrl}/docs`);
        break;
      case 'licence':
        void showLicence();
        break;
      case 'quit':
        if (this.#serving.phase === 'draining') this.#serving.force(0);
        else this.#serving.quit();
        break;
    }
  }

  /** Over the console, which audits it. Where its guards refuse even that, the person at this computer still decides. */
  async #setPaused(wish: 'pause' | 'resume'): Promise<void> {
    const { started } = this.#serving;
    if (started === null) return;
    const asked = { consoleUrl: started.consoleUrl, token: started.runToken };
    const status = await askConsole(asked, `/api/v1/${wish}`).catch(() => 0);
    if (status !== 200) {
      this.#facts.err(`aiproxy: the console answered ${status} to "${wish}", which is not audited\n`);
      this.#gateway.setPaused(wish === 'pause');
    }
    this.#menus?.refresh();
  }

  #phaseChanged(): void {
    if (this.#serving.phase === 'draining') this.#window?.destroy();
    this.#menus?.refresh();
  }

  #status(): ProxyStatus {
    const { phase } = this.#serving;
    if (phase === 'running') return this.#gateway.isPaused() ? 'paused' : 'running';
    return phase === 'starting' ? 'starting' : 'stopping';
  }

  #explain(error: unknown): void {
    const expected = error instanceof StartError || error instanceof ConfigurationError;
    const text = error instanceof Error ? error.message : String(error);
    this.#facts.err(`aiproxy: ${expected || !(error instanceof Error) ? text : (error.stack ?? text)}\n`);
    dialog.showErrorBox(this.#words.cannotStart, text);
  }

  #exit(code: number): void {
    void this.#facts.stateFile.settled().then(() => app.exit(code));
  }
}
