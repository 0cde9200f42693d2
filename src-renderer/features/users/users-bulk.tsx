import type { RecordOf } from '../../api/records.ts';
import { BulkBar } from '../../ui/bulk-bar.tsx';
import type { Matching } from '../../ui/use-matching.ts';
import type { Selection } from '../../ui/use-selection.ts';
import { SetGroup } from './set-group.tsx';
import { useUsersTexts } from './strings.ts';
import { useBulkChange } from './use-bulk-change.ts';

interface UsersBulkProps {
  readonly selection: Selection<RecordOf<'users'>>;
  readonly matching: Matching<RecordOf<'users'>>;
  readonly total: number;
}

/** What can be done with the chosen users. */
export function UsersBulk(props: UsersBulkProps) {
  const t = useUsersTexts();
  const { progress, setStatus, setGroup, remove } = useBulkChange();
  const deletion = {
    title: (count: number) => t('deleteSomeTitle', { count }),
    text: t('deleteUserText'),
    run: remove,
  };
  return (
    <BulkBar
      {...props}
      progress={progress}
      setStatus={setStatus}
      deletion={deletion}
      moreActions={(users, after) => (
        <SetGroup count={users.length} onGroup={(group) => after(setGroup(users, group))} />
      )}
    />
  );
}
