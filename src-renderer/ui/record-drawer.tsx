import type { ReactNode } from 'react';
import type { RecordOf, Resource, Versioned } from '../api/records.ts';
import { Conflict } from './conflict.tsx';
import { EditDrawer } from './edit-drawer.tsx';

/** What `useRecordForm` and `useRecordSave` tell of a record that is edited. */
interface Saving<R extends Resource> {
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly conflict: {
    readonly theirs: Versioned<R>;
    readonly mine: Readonly<Record<string, unknown>>;
  } | null;
  readonly saveMine: () => Promise<void>;
  readonly forgetConflict: () => void;
}

interface RecordDrawerProps<R extends Resource> {
  readonly title: string;
  /** In place of "Save". */
  readonly action?: string;
  /** Beside Save, such as a way to delete. */
  readonly moreActions?: ReactNode;
  readonly isDirty: boolean;
  readonly saving: Saving<R>;
  /** What the form calls the members, by their names. */
  readonly fieldNames: Readonly<Record<string, string>>;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** Begins anew with the record as somebody else has stored it. */
  readonly onReload: (theirs: Versioned<R>) => void;
  readonly children: ReactNode;
}

/** The form of a record at the side of its list; where two people changed it, both are shown and this one decides. */
export function RecordDrawer<R extends Resource>({
  saving,
  fieldNames,
  onReload,
  ...drawer
}: RecordDrawerProps<R>) {
  const { isBusy, refusal, conflict, saveMine, forgetConflict } = saving;
  const theirs: RecordOf<R> | null = conflict?.theirs.record ?? null;
  return (
    <>
      <EditDrawer isOpen isBusy={isBusy} refusal={refusal} {...drawer} />
      <Conflict
        theirs={theirs}
        mine={conflict?.mine ?? {}}
        fieldNames={fieldNames}
        isBusy={isBusy}
        onUseTheirs={() => conflict !== null && onReload(conflict.theirs)}
        onUseMine={() => void saveMine()}
        onClose={forgetConflict}
      />
    </>
  );
}
