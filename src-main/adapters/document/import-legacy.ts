import { ConfigurationError, type Finding, findingLine } from '../../contract/configuration-error.ts';
import { type Document, MAP_SECTIONS, type MapSection, type System } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { Platform } from '../../core/platform.ts';
import type { DocumentStore } from '../../core/ports.ts';
import { sameValue } from '../../core/same-value.ts';
import { memberOf } from './changes.ts';
import { understandApart } from './import-thread.ts';
import { MOST_WARNINGS } from './import-work.ts';

export interface ImportOptions {
  readonly store: DocumentStore;
  readonly platforms: readonly Platform[];
}

/** What an import did. */
export interface ImportResult {
  /** Lines for the admin: what was understood how, what was left as it is. */
  readonly warnings: readonly string[];
  /** How many records were added, by section; `skipped` were there already. */
  readonly counts: Readonly<Record<MapSection | 'system' | 'skipped', number>>;
}

type Counts = Record<MapSection | 'system' | 'skipped', number>;

/** The records that the store does not have yet; differing ones stay as they are there. */
function pickNew(found: Document, store: DocumentStore, counts: Counts) {
  const differing: string[] = [];
  const isNew = (section: MapSection | 'system', id: string, value: unknown): boolean => {
    const present = memberOf(store.current, section, id);
    if (present === undefined) {
      counts[section]++;
      return true;
    }
    counts.skipped++;
    if (!sameValue(present, value))
      differing.push(`${section} "${id}" exists already with other content; it was left as it is`);
    return false;
  };
  const pick = (section: MapSection | 'system') =>
    Object.fromEntries(Object.entries(found[section]).filter(([id, value]) => isNew(section, id, value)));
  return {
    records: Object.fromEntries(MAP_SECTIONS.map((section) => [section, pick(section)])),
    system: pick('system'),
    differing,
  };
}

function asConfigurationError(error: unknown, findings: readonly Finding[]): unknown {
  if (!(error instanceof ProxyError)) return error;
  return new ConfigurationError(`the import does not fit the configuration: ${error.message}`, findings);
}

/**
 * Adds what files of the older system hold to the document; the files themselves are only read.
 * All of it is added or, where something does not fit, nothing. Done twice, the second time changes nothing.
 * @param paths files, or folders of them
 * @throws ConfigurationError with `file:line:column: reason`
 */
export async function importLegacy(paths: readonly string[], options: ImportOptions): Promise<ImportResult> {
  const { store } = options;
  const { document, findings, more } = await understandApart({ paths, base: store.current });
  const counts: Counts = {
    users: 0,
    proxy_keys: 0,
    groups: 0,
    channels: 0,
    prices: 0,
    alerts: 0,
    system: 0,
    skipped: 0,
  };
  const { records, system, differing } = pickNew(document, store, counts);
  const warnings = [...findings.map(findingLine), ...differing.slice(0, MOST_WARNINGS)];
  const unlisted = more + Math.max(0, differing.length - MOST_WARNINGS);
  if (unlisted > 0) warnings.push(`${unlisted} more warnings`);
  try {
    await store.insertMany(records as Partial<Document>);
    // The members were validated together with the rest above.
    await store.patchSystem(system as Partial<System>);
  } catch (error) {
    throw asConfigurationError(error, findings);
  }
  return { warnings, counts };
}
