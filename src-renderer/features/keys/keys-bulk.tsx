import { admin, answer } from '../../api/client.ts';
import type { RecordOf } from '../../api/records.ts';
import { BulkBar } from '../../ui/bulk-bar.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { useBulk } from '../../ui/use-bulk.ts';
import type { Matching } from '../../ui/use-matching.ts';
import type { Selection } from '../../ui/use-selection.ts';
import { useKeysBulkTexts } from './bulk-strings.ts';

type Key = RecordOf<'proxy-keys'>;

interface KeysBulkProps {
  readonly selection: Selection<Key>;
  readonly matching: Matching<Key>;
  readonly total: number;
}

/** What can be done with the chosen Proxy-Keys. */
export function KeysBulk(props: KeysBulkProps) {
  const t = useKeysBulkTexts();
  const { progress, change, remove, tell } = useBulk<
    'proxy-keys',
    { readonly status: 'active' | 'disabled' }
  >({
    resource: 'proxy-keys',
    send: (ids, deed) => answer(admin['proxy-keys'].bulk.$post({ json: { ...deed, ids: [...ids] } })),
    texts: {
      isGone: t('isGone'),
      partlyFailed: (count) => t('partlyFailed', { count }),
      counted: (count) => t('counted', { count }),
    },
  });
  const deletion = {
    title: (count: number) => t('deleteTitle', { count }),
    text: t('deleteText'),
    run: async (keys: readonly Key[]) => {
      const count = await remove(keys);
      if (count > 0) notifyDone(t('deleted', { count }));
    },
  };
  const setStatus = async (keys: readonly Key[], status: 'active' | 'disabled'): Promise<void> => {
    const others = keys.filter((key) => (key.status ?? 'active') !== status);
    const changed = await change(others, () => ({ status }));
    tell(
      changed,
      (name) => t(status === 'active' ? 'enabled' : 'disabled', { name }),
      (key) => ({ status: key.status ?? 'active' }),
    );
  };
  return <BulkBar {...props} progress={progress} setStatus={setStatus} deletion={deletion} />;
}
