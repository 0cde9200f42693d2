import { MAP_SECTIONS, type SectionName } from '../contract/document.ts';
import { LegacyChannel, LegacySystem } from '../contract/legacy.ts';
import type { DocumentIssue, PlatformFacts } from './document-issue.ts';
import { LegacyBuilder, type LegacyIssue, type LegacyOrigin, type LegacySource } from './legacy-builder.ts';
import { convertChannel } from './legacy-channel.ts';
import { addApiKey, addUser } from './legacy-users.ts';
import { legacyId, withoutEmpty } from './legacy-values.ts';
import { isObject } from './same-value.ts';

/** What the older files mean, as sections that still have to be validated. */
export interface LegacyImport {
  readonly sections: Readonly<Record<SectionName, unknown>>;
  /** Errors and warnings, at paths of the source they name. */
  readonly issues: readonly LegacyIssue[];
  /** Where the member of the resulting document at this path came from. */
  originOf(path: DocumentIssue['path']): LegacyOrigin;
}

const LOG_LEVELS: Readonly<Record<string, string>> = {
  warning: 'warn',
  notice: 'info',
  crit: 'error',
  fatal: 'error',
};

function addSystem(builder: LegacyBuilder, value: unknown, origin: LegacyOrigin): void {
  const legacy = builder.parse(LegacySystem, value ?? {}, origin);
  if (legacy === null) return;
  const system = withoutEmpty(legacy);
  const level = legacy.log_level?.toLowerCase();
  if (level) system.log_level = LOG_LEVELS[level] ?? level;
  if (isObject(system.rate_limit)) {
    const { burst_size: burst, ...limits } = withoutEmpty(system.rate_limit);
    system.rate_limit = burst === undefined ? limits : { ...limits, burst };
  }
  for (const [name, member] of Object.entries(system)) {
    builder.add('system', name, member, { source: origin.source, path: [...origin.path, name] });
  }
}

function addChannel(
  builder: LegacyBuilder,
  rawId: string,
  value: unknown,
  origin: LegacyOrigin,
  facts: PlatformFacts,
): void {
  const legacy = builder.parse(LegacyChannel, value, origin);
  if (legacy === null) return;
  const warn = (member: string, message: string): void =>
    builder.warn({ source: origin.source, path: [...origin.path, member] }, `channel "${rawId}": ${message}`);
  builder.add('channels', legacyId(rawId), convertChannel(legacy, facts, warn), origin);
}

function addApiKeys(builder: LegacyBuilder, value: unknown, origin: LegacyOrigin): void {
  if (!Array.isArray(value)) {
    builder.fail(origin, 'this must be a list of keys');
    return;
  }
  for (const [index, entry] of value.entries()) {
    addApiKey(builder, entry, index, { source: origin.source, path: [...origin.path, index] });
  }
}

function addSection(
  builder: LegacyBuilder,
  name: string,
  value: unknown,
  origin: LegacyOrigin,
  facts: PlatformFacts,
): void {
  if (name === 'system') addSystem(builder, value, origin);
  else if (name === 'api_keys') addApiKeys(builder, value, origin);
  else if (isSection(name)) {
    for (const [id, record] of builder.entries(value, origin)) {
      const at = { source: origin.source, path: [...origin.path, id] };
      if (name === 'users') addUser(builder, id, record, at);
      else if (name === 'channels') addChannel(builder, id, record, at, facts);
      else builder.add(name, id, record, at);
    }
  } else if (!name.startsWith('_')) builder.warn(origin, `unknown member "${name}"`);
}

function isSection(name: string): name is SectionName {
  return name === 'system' || MAP_SECTIONS.some((section) => section === name);
}

/** The one section a file holds at its root, by the file's name: `users.yaml`, `channels.yaml`, `system.yaml`. */
function sectionByName(file: string): string | null {
  return /(?:^|[/\\])(users|channels|system)[^/\\]*$/i.exec(file)?.[1]?.toLowerCase() ?? null;
}

function addSource(builder: LegacyBuilder, file: LegacySource, source: number, facts: PlatformFacts): void {
  const { name, value } = file;
  const origin = { source, path: [] };
  const named = sectionByName(name);
  if (Array.isArray(value)) addApiKeys(builder, value, origin);
  else if (!isObject(value)) builder.fail(origin, 'the file must hold a map or a list');
  else if (Object.keys(value).some((key) => isSection(key) || key === 'api_keys')) {
    for (const [key, section] of Object.entries(value)) {
      addSection(builder, key, section, { source, path: [key] }, facts);
    }
  } else if (named !== null) addSection(builder, named, value, origin, facts);
  else builder.fail(origin, 'neither users nor channels nor keys are found in this file');
}

/**
 * Turns the files of the older system into the sections of one document. The same files always give the same ids.
 * Failover stays off for everything, as it was there, unless a file says otherwise in so many words.
 */
export function importLegacy(sources: readonly LegacySource[], facts: PlatformFacts): LegacyImport {
  const builder = new LegacyBuilder();
  for (const [index, source] of sources.entries()) addSource(builder, source, index, facts);
  return { sections: builder.sections, issues: builder.issues, originOf: (path) => builder.originOf(path) };
}
