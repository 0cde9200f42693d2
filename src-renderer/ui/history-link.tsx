import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { useCommonTexts } from './strings.ts';

/** The way to what was changed of a record. @param id of the record */
export function HistoryLink({ id }: { readonly id: string }) {
  const t = useCommonTexts();
  return (
    <Anchor component={Link} size="sm" href={`/audit?target=${encodeURIComponent(id)}`}>
      {t('history')}
    </Anchor>
  );
}
