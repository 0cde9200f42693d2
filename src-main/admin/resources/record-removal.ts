import type { Actor } from '../../contract/audit.ts';
import type { MapSection } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { RecordChange, SystemChange } from '../../core/ports.ts';
import { type Affected, removalOf } from '../../core/removal.ts';
import { Refusal } from '../console-error.ts';
import type { Precondition } from '../if-match.ts';
import { auditChange } from './record-audit.ts';
import { existing, expect, type RecordContext, timeOf, withRetries } from './record-writing.ts';
import type { ResourceKind } from './resource-kind.ts';

/** How a request removes a record. */
export interface RecordRemoval {
  /** Whether what names the record is changed too. */
  readonly force: boolean;
  readonly precondition: Precondition | null;
  readonly actor: Actor;
}

const NOUNS: Readonly<Record<keyof Affected, string>> = {
  users: 'users',
  proxy_keys: 'Proxy-Keys',
  groups: 'groups',
  system: 'system settings',
};

function refuseNamed({ noun }: Pick<ResourceKind, 'noun'>, id: string, affected: Affected): void {
  const counts = Object.entries(affected).map(
    ([section, ids]) => `${NOUNS[section as keyof Affected]} (${ids.length})`,
  );
  if (counts.length === 0) return;
  const message =
    `Others name the ${noun} "${id}": ${counts.join(', ')}. ` +
    'With ?force=true it is deleted all the same: its Proxy-Keys go with a user, anything else is taken out of them.';
  throw new Refusal('conflict', message, { affected });
}

/** The same changes for the versions that were just looked at. */
function ofThisVersion(
  { store }: RecordContext,
  changes: readonly (RecordChange | SystemChange)[],
): (RecordChange | SystemChange)[] {
  return changes.map((change) => {
    if (change.section === 'system') return change;
    const seen = store.get(change.section, change.id);
    return seen === null ? change : { ...change, expectedVersion: seen.version };
  });
}

/** Removes a record, and with force what names it. @throws Refusal with what would be affected */
export async function removeRecord<S extends MapSection>(
  context: RecordContext,
  kind: ResourceKind<S>,
  id: string,
  { force, precondition, actor }: RecordRemoval,
): Promise<void> {
  const { store, retired, audit, placesOf } = context;
  const { section } = kind;
  await withRetries(async () => {
    const stored = existing(context, kind, id);
    expect(context, kind, id, stored, precondition);
    if (store.readOnly !== null) throw new ProxyError('config_read_only', store.readOnly);
    const { affected, changes } = removalOf(store.current, section, id, timeOf(context));
    if (!force) refuseNamed(kind, id, affected);
    const own: RecordChange = { section, id, record: undefined, expectedVersion: stored.version };
    const all = [...ofThisVersion(context, changes), own];
    const { current } = store;
    if (kind.idKind !== null) await retired.add(section, [id], current[section]);
    if (section === 'users') await retired.add('proxy_keys', affected.proxy_keys ?? [], current.proxy_keys);
    await store.change(all).catch((error: unknown) => {
      throw error instanceof ProxyError && error.code === 'validation_failed' ? named(error) : error;
    });
    const details = Object.keys(affected).length === 0 ? {} : { details: { affected } };
    const change = { section, id, action: 'delete', before: stored.record, after: null, ...details };
    await auditChange(audit, placesOf, actor, change);
  });
}

/** Somebody has named the record since it was looked at: it is looked at anew. */
const named = (cause: ProxyError): ProxyError =>
  new ProxyError('precondition_failed', cause.message, { cause });
