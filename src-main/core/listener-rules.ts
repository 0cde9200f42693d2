import type { System } from '../contract/document.ts';
import { isLocalHost, isLoopbackAddress } from './client-address.ts';
import { type DocumentIssue, errorAt } from './document-issue.ts';
import { sameValue } from './same-value.ts';

/** Whether a listener at this host can be reached from this computer only. */
export const isLocalListener = (host: string): boolean => host === 'localhost' || isLoopbackAddress(host);

/** Whether the console would be open to the network without TLS: admin tokens would travel readable. */
export function isConsoleExposed(config: System['console'], host: string): boolean {
  return !isLocalListener(host) && config?.tls === undefined && config?.behind_tls !== true;
}

/** Whether a text is an origin as browsers send it (RFC 6454 §6.2), of a page over HTTP. */
export function isWebOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol } = new URL(text);
  return origin === text && (protocol === 'http:' || protocol === 'https:');
}

function answersTo(origins: System['console_origins'], host: string): boolean {
  if (origins === undefined) return isLocalHost(host);
  return origins.some((origin) => isWebOrigin(origin) && new URL(origin).host === host.toLowerCase());
}

/**
 * What an admin must not set because nobody could undo it over the console, or because it would open the console to
 * the world. A file edited by hand may say it all the same; the start then refuses what it refuses.
 * @param host the `Host` by which the admin reached the console
 */
export function systemRefusals(next: System, before: System, host: string): DocumentIssue[] {
  const issues: DocumentIssue[] = [];
  const { proxy, console: own } = next;
  const isMoved = !sameValue([own, proxy?.port], [before.console, before.proxy?.port]);
  if (isMoved && isConsoleExposed(own, own?.host ?? 'localhost')) {
    const message =
      'opens the console to the network without TLS: set console.tls, or behind_tls where TLS ends in front';
    issues.push(errorAt(['console', 'host'], message));
  }
  if (isMoved && own?.port !== undefined && own.port !== 0 && own.port === proxy?.port) {
    issues.push(errorAt(['console', 'port'], 'is the port of the proxy: the next start would fail'));
  }
  const isChanged = !sameValue(next.console_origins, before.console_origins);
  if (isChanged && !answersTo(next.console_origins, host)) {
    issues.push(errorAt(['console_origins'], `leaves out ${host}, by which you reach the console now`));
  }
  return issues;
}

const AT_START = {
  proxy: ['host', 'port', 'tls'],
  console: ['host', 'port', 'tls', 'behind_tls'],
} as const;

/** Which settings differ from those the program started with, and count only when it starts again. */
export function restartRequired(started: System, now: System): string[] {
  return Object.entries(AT_START).flatMap(([listener, members]) => {
    const [before, after] = [started, now].map((system) => system[listener as keyof typeof AT_START]);
    return members
      .filter((member) => !sameValue(Reflect.get(before ?? {}, member), Reflect.get(after ?? {}, member)))
      .map((member) => `${listener}.${member}`);
  });
}
