import { Alert } from '@mantine/core';
import type { RecordWarning } from '../../../src-main/contract/record-warning.ts';
import { useChannelFormTexts } from './form-strings.ts';

/** Says that one of two channels gets no requests, and what to enter so that it does. */
export function OverlapNote({ warning }: { readonly warning: RecordWarning | null }) {
  const t = useChannelFormTexts();
  if (warning === null) return null;
  const { answering, unused, models } = warning;
  return (
    <Alert color="yellow" variant="light" title={t('overlap')}>
      {t('overlapFact', { answering, unused })}{' '}
      {models.length > 0 && t('overlapModels', { models: models.join(', ') })}
    </Alert>
  );
}
