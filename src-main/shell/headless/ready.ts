import type { Started } from '../../app-options.ts';
import { environmentLines } from '../../contract/sdk-environment.ts';
import { demoCommand } from './demo-command.ts';

/** The first line of `--json`: what a script needs to use and to stop this process. */
export function readyLine(started: Started, pid: number): string {
  const { proxyUrl, consoleUrl, runToken } = started;
  return `${JSON.stringify({ event: 'ready', proxy: proxyUrl, console: consoleUrl, admin_token: runToken, pid })}\n`;
}

/**
 * What people read once it runs: addresses, what to do next, and secrets that are shown this once. Notices are not
 * among it, the application's log has them on standard error.
 */
export function readyText(
  started: Started,
  about: { readonly version: string; readonly dataDir: string; readonly configPath: string | null },
): string {
  const where = about.configPath === null ? [] : [`  Config   ${about.configPath}`];
  return `${[
    `AIProxy ${about.version}`,
    `  Proxy    ${started.proxyUrl}`,
    ...started.sharedUrls.map((url) => `           ${url} (for others)`),
    `  Console  ${started.consoleUrl}`,
    `  Data     ${about.dataDir}`,
    ...where,
    ...firstStart(started),
    ...demo(started),
  ].join('\n')}\n`;
}

function firstStart({ firstStart: made, proxyUrl }: Started): readonly string[] {
  if (made === null) return [];
  return [
    '',
    'First start. These two are shown this once; write them down:',
    `  Admin token              ${made.adminToken}`,
    `  Proxy-Key of user admin  ${made.adminKey}`,
    '',
    'Point an SDK here (others: the env command):',
    ...environmentLines({ url: proxyUrl, key: made.adminKey, sdk: 'openai', shell: 'posix' }).map(
      (line) => `  ${line}`,
    ),
  ];
}

function demo({ demoKey, proxyUrl }: Started): readonly string[] {
  if (demoKey === null) return [];
  return ['', 'Demo. Paste this into another terminal:', `  ${demoCommand(proxyUrl, demoKey)}`];
}
