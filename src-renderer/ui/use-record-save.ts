import type { FieldIssue } from '../api/failure.ts';
import { mergePatch } from '../api/merge-patch.ts';
import { useWriteRecord } from '../api/record-queries.ts';
import type { Resource, Versioned } from '../api/records.ts';
import { useSave } from './use-save.ts';

type Members = Readonly<Record<string, unknown>>;

interface RecordSaveOptions<R extends Resource> {
  readonly resource: R;
  /** What was read; `null` makes a new record. */
  readonly stored: Versioned<R> | null;
  /** Puts refusals at their fields; those whose path no field has come back, and are shown above the form. */
  readonly onIssues: (issues: readonly FieldIssue[]) => readonly FieldIssue[];
  readonly onSaved: (saved: Versioned<R>) => void;
}

/** Saving a record: refusals go to their fields, and a conflict is shown rather than written over. */
export function useRecordSave<R extends Resource>({ resource, stored, ...on }: RecordSaveOptions<R>) {
  const { mutateAsync, isPending } = useWriteRecord(resource);
  const id = stored?.record.id ?? null;
  const write = (patch: Members, etag: string | null): Promise<Versioned<R>> =>
    mutateAsync(id === null ? { id, record: patch } : { id, patch, etag });
  const { send, ...saving } = useSave<Versioned<R>>({ write, ...on });
  return {
    /** @param before the record as the form took it @param after the same as it shall be */
    save: (before: Members, after: Members) => send(mergePatch(before, after), stored?.etag ?? null),
    ...saving,
    isBusy: isPending,
  };
}
