import type { Document, System } from '../contract/document.ts';
import { type ChannelRules, checkChannel } from './check-channel.ts';
import { checkCidrs, checkReferences } from './check-references.ts';
import { type DocumentIssue, errorAt } from './document-issue.ts';
import { isWebOrigin } from './listener-rules.ts';
import { suggestion } from './nearest-name.ts';
import { unknownMembers } from './unknown-members.ts';

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function checkSystem(system: System, document: Document): DocumentIssue[] {
  const issues: DocumentIssue[] = [];
  checkCidrs(issues, system.trusted_proxies, () => ['system', 'trusted_proxies']);
  for (const name of ['stats', 'dashboard', 'metrics'] as const) {
    checkCidrs(issues, system.internal_allow?.[name], () => ['system', 'internal_allow', name]);
  }
  for (const [index, origin] of (system.console_origins ?? []).entries()) {
    if (isWebOrigin(origin)) continue;
    const message = `"${origin}" is not an origin such as https://console.example.com`;
    issues.push(errorAt(['system', 'console_origins', index], message));
  }
  const anonymous = system.anonymous_user;
  if (anonymous !== undefined && !Object.hasOwn(document.users, anonymous)) {
    const hint = suggestion(anonymous, Object.keys(document.users).slice(0, 1000));
    issues.push(errorAt(['system', 'anonymous_user'], `unknown user "${anonymous}"${hint}`));
  }
  if (system.time_zone !== undefined && !isTimeZone(system.time_zone)) {
    issues.push(errorAt(['system', 'time_zone'], `unknown time zone "${system.time_zone}"`));
  }
  return issues;
}

/**
 * What makes a document unusable although every value has the right type. `env:NAME` is not resolved here.
 * @param valid a document without errors; what is identical there is not checked again
 */
export function documentErrors(document: Document, rules: ChannelRules, valid?: Document): DocumentIssue[] {
  const channels = Object.entries(document.channels).flatMap(([id, channel]) =>
    channel === valid?.channels[id] ? [] : checkChannel(channel, ['channels', id], rules),
  );
  return [...channels, ...checkReferences(document, valid), ...checkSystem(document.system, document)];
}

/** Everything to say about a document that fits its schema: errors, and warnings such as unknown members. */
export function checkDocument(document: Document, rules: ChannelRules): DocumentIssue[] {
  return [...documentErrors(document, rules), ...unknownMembers(document)];
}
