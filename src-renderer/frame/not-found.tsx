import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { Empty } from '../ui/empty.tsx';
import { useFrameTexts } from './strings.ts';

/** What an address shows that names no screen. */
export default function NotFound() {
  const t = useFrameTexts();
  return (
    <Empty title={t('notFound')}>
      <Button component={Link} href="/" variant="default">
        {t('toOverview')}
      </Button>
    </Empty>
  );
}
