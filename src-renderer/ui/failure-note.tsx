import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiFailure } from '../api/failure.ts';
import { useCommonTexts } from './strings.ts';

interface FailureNoteProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Says in plain words what went wrong, with the server's own reason. */
export function useFailureText(): (error: unknown) => string {
  const t = useCommonTexts();
  return (error) => {
    if (error instanceof ApiFailure && error.code === 'unreachable') return t('unreachable');
    return error instanceof Error ? error.message : String(error);
  };
}

/** A failure where its outcome would stand. */
export function FailureNote({ error, onRetry }: FailureNoteProps) {
  const t = useCommonTexts();
  const textOf = useFailureText();
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t('failed')} role="alert">
      <Group justify="space-between">
        {textOf(error)}
        {onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
