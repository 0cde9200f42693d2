import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureNote } from './failure-note.tsx';
import { useCommonTexts } from './strings.ts';

interface AnswerViewProps<T> {
  readonly query: UseQueryResult<T>;
  /** How many grey lines stand for what is not here yet. */
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** What a query answered; grey lines before, the reason where it failed. What was read before stays in sight. */
export function AnswerView<T>({ query, lines = 3, children }: AnswerViewProps<T>) {
  const t = useCommonTexts();
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <FailureNote error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Stack gap="sm" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => `line ${line}`).map((line) => (
        <Skeleton key={line} height={24} />
      ))}
    </Stack>
  );
}
