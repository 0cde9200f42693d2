import { Text } from '@mantine/core';
import { useRemoveRecord } from '../../api/record-queries.ts';
import { Ask } from '../../ui/ask.tsx';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyDone, notifyFailed } from '../../ui/notify.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { usePriceTexts } from './price-strings.ts';

interface PriceRemovalProps {
  /** `null` while none is to go. */
  readonly id: string | null;
  readonly onClose: () => void;
}

/** Deletes a price, once it was asked. */
export function PriceRemoval({ id, onClose }: PriceRemovalProps) {
  const t = usePriceTexts();
  const common = useCommonTexts();
  const failureText = useFailureText();
  const { mutate, isPending } = useRemoveRecord('prices');
  const run = (): void =>
    mutate(
      { id: id ?? '', force: false },
      {
        onSuccess: () => notifyDone(t('removed', { id: id ?? '' })),
        onError: (error) => notifyFailed(common('failed'), failureText(error)),
        onSettled: onClose,
      },
    );
  return (
    <Ask
      isOpen={id !== null}
      title={t('removeTitle', { id: id ?? '' })}
      action={common('delete')}
      isBusy={isPending}
      onAction={run}
      onClose={onClose}
    >
      <Text>{t('removeText')}</Text>
    </Ask>
  );
}
