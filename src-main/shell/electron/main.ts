import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import packageJson from '../../../package.json' with { type: 'json' };
import type { AppOptions, Started } from '../../app-options.ts';
import { catchFaults } from '../headless/faults.ts';
import { readyLine, readyText } from '../headless/ready.ts';
import { appOptions } from '../headless/settings.ts';
import { stopSignals } from '../headless/signals.ts';
import { EXIT, UsageError } from '../headless/terminal.ts';
import { LINK_SCHEME, linkAmong } from './deep-link.ts';
import { Desktop } from './desktop.ts';
import { DesktopStateFile } from './desktop-state.ts';
import { type Launch, launchArguments } from './launch-arguments.ts';
import { loginItem, ownCommand } from './login-item.ts';

const err = (text: string): void => void process.stderr.write(text);
const nowMs = (): number => performance.now();

/** Who starts a window has no terminal to read, or has one and no eye for it. */
function refuse(line: string, code: number): never {
  err(`aiproxy: ${line}\n`);
  dialog.showErrorBox('AIProxy', line);
  app.exit(code);
  // `app.exit` ends the process before it returns where Electron runs; nothing may go on in any case.
  process.exit(code);
}

function readLaunch(): Launch & { readonly options: AppOptions } {
  try {
    const launch = launchArguments(process.argv.slice(app.isPackaged ? 1 : 2));
    const { env, platform } = process;
    const place = { env, platform, homeDir: homedir(), cwd: process.cwd() };
    return { ...launch, options: appOptions(launch.invocation, place) };
  } catch (error) {
    if (error instanceof UsageError) refuse(error.message, EXIT.usage);
    throw error;
  }
}

/** What the browser keeps lies in the data folder too, so that there is one instance for each of them. */
function ownFolder({ dataDir }: AppOptions): string {
  const folder = join(dataDir, 'desktop');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    refuse(`the data folder ${dataDir} cannot be used: ${error instanceof Error ? error.message : error}`, 1);
  }
  return folder;
}

function sayReady(options: AppOptions, json: boolean, started: Started): void {
  // What is shown only once is not printed: the output of a desktop program may be kept in a log.
  const text = readyText({ ...started, firstStart: null }, { ...options, version: packageJson.version });
  if (json) err(text);
  process.stdout.write(json ? readyLine(started, process.pid) : text);
}

function run({ options, hidden, link, invocation }: ReturnType<typeof readLaunch>, folder: string): void {
  const { env, platform, execPath } = process;
  const command = ownCommand(execPath, app.isPackaged ? null : app.getAppPath(), env);
  const opened = app.isPackaged && platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  const desktop = new Desktop({
    options,
    stateFile: new DesktopStateFile(join(folder, 'desktop.json'), (line) => err(`aiproxy: ${line}\n`)),
    login: loginItem(app, { platform, env, homeDir: homedir(), command }),
    hidden: hidden || opened,
    err,
    onStarted: (started) => sayReady(options, invocation.flags.has('json'), started),
  });
  if (link !== null) desktop.show(link);
  app.on('second-instance', (_event, argv) => desktop.show(linkAmong(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    desktop.show(url);
  });
  app.on('activate', () => desktop.show(null));
  // Listening keeps the program alive: what closing means is decided at the window.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    if (desktop.serving.phase === 'ended') return;
    event.preventDefault();
    desktop.serving.quit();
  });
  const signals = stopSignals(process, nowMs);
  signals.asked.then(() => desktop.serving.quit());
  signals.forced.then((code) => desktop.serving.force(code));
  const mask = (text: string) => desktop.serving.started?.mask(text) ?? text;
  catchFaults(process, (text) => err(mask(text)), nowMs).tooMany.then((code) => desktop.serving.quit(code));
  // Not awaited at the top: Electron becomes ready only after this file has run.
  app.whenReady().then(() => desktop.begin());
}

// A reader that has gone is no reason to stop serving.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
const launch = readLaunch();
const folder = ownFolder(launch.options);
app.setPath('userData', folder);
app.setName('AIProxy');
app.setAppUserModelId('io.github.aiproxy');
app.setAboutPanelOptions({ applicationName: 'AIProxy', applicationVersion: packageJson.version });
if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
app.enableSandbox();
if (app.requestSingleInstanceLock()) run(launch, folder);
else app.exit(EXIT.ok);
