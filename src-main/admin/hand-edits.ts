import type { Document, MapSection } from '../contract/document.ts';
import { type ChangedRecord, changedRecords } from '../core/changed-records.ts';
import type { AuditLog, RetiredIds } from '../core/control-ports.ts';
import type { DocumentOrigin, DocumentStore } from '../core/ports.ts';
import type { PlacesOf } from '../core/record-places.ts';
import { isObject } from '../core/same-value.ts';
import { auditChange } from './resources/record-audit.ts';

/** Above this an editor has replaced the file rather than edited it, and a count says more than the lines. */
const MOST_TOLD = 200;

const EDITOR = { kind: 'file', address: null } as const;

/** The sections whose ids logs and statistics name. */
const NAMED: readonly MapSection[] = ['users', 'proxy_keys', 'groups', 'channels'];

export interface HandEditParts {
  readonly store: DocumentStore;
  readonly audit: AuditLog;
  readonly retired: RetiredIds;
  readonly placesOf: PlacesOf;
  readonly onProblem: (message: string) => void;
}

function actionOf({ before, after }: ChangedRecord): string {
  if (before === undefined) return 'create';
  return after === undefined ? 'delete' : 'update';
}

/** Settings are told as members of one record, everything else record by record. */
function toldChanges(before: Document, after: Document, changed: readonly ChangedRecord[]) {
  const records = changed
    .filter(({ section }) => section !== 'system')
    .map((change) => ({
      section: change.section,
      id: change.id,
      action: actionOf(change),
      before: isObject(change.before) ? change.before : null,
      after: isObject(change.after) ? change.after : null,
    }));
  const system = {
    section: 'system',
    id: null,
    action: 'update',
    before: before.system,
    after: after.system,
  } as const;
  return records.length === changed.length ? records : [...records, system];
}

async function auditEdit(
  before: Document,
  after: Document,
  { audit, placesOf }: HandEditParts,
): Promise<void> {
  const changed = changedRecords(before, after);
  if (changed.length > MOST_TOLD) {
    const sections = Map.groupBy(changed, ({ section }) => section);
    const details = Object.fromEntries([...sections].map(([section, { length }]) => [section, length]));
    await audit.append({ actor: EDITOR, action: 'document.edit', target: null, details });
    return;
  }
  for (const change of toldChanges(before, after, changed))
    await auditChange(audit, placesOf, EDITOR, change);
}

async function retireLost(before: Document, after: Document, { retired }: HandEditParts): Promise<void> {
  for (const section of NAMED) {
    if (before[section] === after[section]) continue;
    const lost = Object.keys(before[section]).filter((id) => !Object.hasOwn(after[section], id));
    await retired.add(section, lost, before[section]);
  }
}

/**
 * Follows the document: what was changed in the files by hand is audited as what admins do here, and ids of records
 * that are gone, however they went, are not given again, and their names are kept.
 * @returns ends it
 */
export function followDocument(parts: HandEditParts): () => void {
  const { store, onProblem } = parts;
  let last = store.current;
  const follow = async (before: Document, after: Document, origin: DocumentOrigin): Promise<void> => {
    await retireLost(before, after, parts);
    if (origin === 'files') await auditEdit(before, after, parts);
  };
  return store.subscribe((document, origin) => {
    const before = last;
    last = document;
    follow(before, document, origin).catch((error: unknown) =>
      onProblem(`a change was not noted: ${String(error)}`),
    );
  });
}
