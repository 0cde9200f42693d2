import type { Actor } from '../../contract/audit.ts';
import type { SectionName } from '../../contract/document.ts';
import { changedValues } from '../../core/changed-values.ts';
import type { AuditLog } from '../../core/control-ports.ts';
import { masked } from '../../core/masked-record.ts';
import type { PlacesOf } from '../../core/record-places.ts';

/** How audit entries call a record of a section. */
export const RECORD_NAMES: Readonly<Record<SectionName, string>> = {
  users: 'user',
  proxy_keys: 'proxy_key',
  groups: 'group',
  channels: 'channel',
  prices: 'price',
  alerts: 'alert',
  system: 'system',
};

export interface RecordedChange {
  readonly section: SectionName;
  /** `null` for the system section. */
  readonly id: string | null;
  /** `create`, `update`, `delete`, `rotate`, … */
  readonly action: string;
  readonly before: object | null;
  readonly after: object | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes down that a record was changed, and in which members; their secrets masked. */
export async function auditChange(
  audit: AuditLog,
  placesOf: PlacesOf,
  actor: Actor,
  { section, id, action, before, after, details }: RecordedChange,
): Promise<void> {
  const changes = changedValues(before, after, (record) => masked(record, placesOf(section, record)));
  await audit.append({
    actor,
    action: `${RECORD_NAMES[section]}.${action}`,
    target: id,
    changes,
    ...(details === undefined ? {} : { details }),
  });
}
