import { Badge } from '@mantine/core';
import { useStatus } from '../api/program-queries.ts';
import { useFrameTexts } from './strings.ts';

/** Whether the program answers, in one word. */
export function RunState() {
  const t = useFrameTexts();
  const { data, isError } = useStatus();
  if (isError) {
    return (
      <Badge color="red" variant="light" miw="max-content">
        {t('silent')}
      </Badge>
    );
  }
  if (data === undefined) return null;
  return data.paused ? (
    <Badge color="orange" variant="light">
      {t('paused')}
    </Badge>
  ) : (
    <Badge color="teal" variant="light">
      {t('running')}
    </Badge>
  );
}
