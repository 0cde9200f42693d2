import { Alert } from '@mantine/core';
import { useStatus } from '../api/program-queries.ts';
import { useFrameTexts } from './strings.ts';

/** Says why nothing can be changed here, where that is so. */
export function ReadOnlyNote() {
  const t = useFrameTexts();
  const reason = useStatus().data?.read_only ?? null;
  if (reason === null) return null;
  return (
    <Alert color="orange" variant="light" mb="md">
      {t('readOnly')} {reason}
    </Alert>
  );
}
