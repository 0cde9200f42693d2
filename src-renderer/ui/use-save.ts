import { useState } from 'react';
import { ApiFailure, type FieldIssue } from '../api/failure.ts';
import { useFailureText } from './failure-note.tsx';

type Members = Readonly<Record<string, unknown>>;

/** Something with its version. */
interface Version {
  readonly record: object;
  readonly etag: string;
}

interface SaveOptions<V extends Version> {
  /** Sends a change. @param etag of the version it was made for */
  readonly write: (patch: Members, etag: string | null) => Promise<V>;
  /** Puts refusals at their fields; those whose path no field has come back, and are shown above the form. */
  readonly onIssues: (issues: readonly FieldIssue[]) => readonly FieldIssue[];
  readonly onSaved: (saved: V) => void;
}

/** Saving: refusals go to their fields, and a conflict is shown rather than written over. */
export function useSave<V extends Version>({ write, onIssues, onSaved }: SaveOptions<V>) {
  const failureText = useFailureText();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [conflict, setConflict] = useState<{ readonly theirs: V; readonly mine: Members } | null>(null);

  const refused = (error: unknown, mine: Members): void => {
    if (error instanceof ApiFailure && error.code === 'precondition_failed' && error.etag !== null) {
      // The answer carries the record as it is now.
      setConflict({ theirs: { record: error.current, etag: error.etag } as V, mine });
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
      const saved = await write(patch, etag);
      setConflict(null);
      onSaved(saved);
    } catch (error) {
      refused(error, patch);
    }
  };

  return {
    send,
    /** Sends this person's change over the other one's. */
    saveMine: () => (conflict === null ? Promise.resolve() : send(conflict.mine, conflict.theirs.etag)),
    forgetConflict: () => setConflict(null),
    refusal,
    conflict,
  };
}
