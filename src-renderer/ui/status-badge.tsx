import { Badge } from '@mantine/core';
import { useCommonTexts } from './strings.ts';

/** Whether a record is in use; one that does not say so is. */
export function StatusBadge({ status }: { readonly status: 'active' | 'disabled' | undefined }) {
  const t = useCommonTexts();
  return status === 'disabled' ? (
    <Badge color="gray" variant="light" miw="max-content">
      {t('disabled')}
    </Badge>
  ) : (
    <Badge color="teal" variant="light" miw="max-content">
      {t('active')}
    </Badge>
  );
}
