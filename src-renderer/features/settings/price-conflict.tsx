import { Conflict } from '../../ui/conflict.tsx';
import type { useRecordSave } from '../../ui/use-record-save.ts';

interface PriceConflictProps {
  readonly saving: ReturnType<typeof useRecordSave<'prices'>>;
  readonly onClose: () => void;
}

/** Shows that somebody else changed the price meanwhile. */
export function PriceConflict({ saving, onClose }: PriceConflictProps) {
  return (
    <Conflict
      theirs={saving.conflict?.theirs.record ?? null}
      mine={saving.conflict?.mine ?? {}}
      isBusy={saving.isBusy}
      onUseTheirs={onClose}
      onUseMine={() => void saving.saveMine()}
      onClose={saving.forgetConflict}
    />
  );
}
