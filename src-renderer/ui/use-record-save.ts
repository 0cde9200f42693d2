import { useState } from 'react';
import { ApiFailure, type FieldIssue } from '../api/failure.ts';
import { mergePatch } from '../api/merge-patch.ts';
import { useWriteRecord } from '../api/record-queries.ts';
import type { RecordOf, Resource, Versioned } from '../api/records.ts';
import { useFailureText } from './failure-note.tsx';

type Members = Readonly<Record<string, unknown>>;

/** A save that met somebody else's. */
export interface SaveConflict<R extends Resource> {
  readonly theirs: Versioned<R>;
  readonly mine: Members;
}

interface RecordSaveOptions<R extends Resource> {
  readonly resource: R;
  /** What was read; `null` makes a new record. */
  readonly stored: Versioned<R> | null;
  /** Puts refusals at their fields; those whose path no field has come back, and are shown above the form. */
  readonly onIssues: (issues: readonly FieldIssue[]) => readonly FieldIssue[];
  readonly onSaved: (saved: Versioned<R>) => void;
}

/** Saving a record: refusals go to their fields, and a conflict is shown rather than written over. */
export function useRecordSave<R extends Resource>({
  resource,
  stored,
  onIssues,
  onSaved,
}: RecordSaveOptions<R>) {
  const write = useWriteRecord(resource);
  const failureText = useFailureText();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [conflict, setConflict] = useState<SaveConflict<R> | null>(null);

  const refused = (error: unknown, mine: Members): void => {
    if (error instanceof ApiFailure && error.code === 'precondition_failed' && error.etag !== null) {
      // The answer carries the record as it is now.
      setConflict({ theirs: { record: error.current as RecordOf<R>, etag: error.etag }, mine });
      return;
    }
    const issues = error instanceof ApiFailure ? error.issues : [];
    const elsewhere = onIssues(issues);
    if (issues.length === 0) setRefusal(failureText(error));
    else setRefusal(elsewhere.map(({ path, message }) => `${path}: ${message}`).join('\n') || null);
  };

  const send = async (patch: Members, etag: string | null): Promise<void> => {
    setRefusal(null);
    try {
      const id = stored?.record.id ?? null;
      const change = id === null ? { id, record: patch } : { id, patch, etag };
      const saved = await write.mutateAsync(change);
      setConflict(null);
      onSaved(saved);
    } catch (error) {
      refused(error, patch);
    }
  };

  return {
    /** @param before the record as the form took it @param after the same as it shall be */
    save: (before: Members, after: Members) => send(mergePatch(before, after), stored?.etag ?? null),
    /** Sends this person's change over the other one's. */
    saveMine: () => (conflict === null ? Promise.resolve() : send(conflict.mine, conflict.theirs.etag)),
    forgetConflict: () => setConflict(null),
    refusal,
    conflict,
    isBusy: write.isPending,
  };
}
