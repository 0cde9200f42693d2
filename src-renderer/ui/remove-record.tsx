import { List, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ApiFailure, type FailureFacts } from '../api/failure.ts';
import { useRemoveRecord } from '../api/record-queries.ts';
import type { Resource } from '../api/records.ts';
import { Ask } from './ask.tsx';
import { FailureNote } from './failure-note.tsx';
import { useFormats } from './formats.ts';
import { useCommonTexts } from './strings.ts';

interface RemoveRecordProps {
  readonly resource: Resource;
  readonly id: string;
  /** The question, such as "Delete user Ada?". */
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
  /** What it means, in plain words. */
  readonly children: ReactNode;
}

const SECTION_TEXTS = {
  users: 'affectedUsers',
  proxy_keys: 'affectedKeys',
  groups: 'affectedGroups',
  system: 'affectedSystem',
} as const;
const MOST_NAMED = 8;

type Affected = NonNullable<FailureFacts['affected']>;

function AffectedList({ affected }: { readonly affected: Affected }) {
  const t = useCommonTexts();
  const { number } = useFormats();
  const named = Object.entries(SECTION_TEXTS).flatMap(([section, text]) => {
    const ids = affected[section] ?? [];
    return ids.length === 0 ? [] : [{ section, text, ids }];
  });
  return (
    <div>
      <Text fw={500}>{t('affected')}</Text>
      <List>
        {named.map(({ section, text, ids }) => (
          <List.Item key={section}>
            {t(text, { count: ids.length })}: {ids.slice(0, MOST_NAMED).join(', ')}
            {ids.length > MOST_NAMED && ` ${t('andMore', { number: number(ids.length - MOST_NAMED) })}`}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

/** Asks before a record is deleted, and once more where the server says what else that would change. */
export function RemoveRecord({
  resource,
  id,
  title,
  isOpen,
  onClose,
  onRemoved,
  children,
}: RemoveRecordProps) {
  const t = useCommonTexts();
  const remove = useRemoveRecord(resource);
  const [affected, setAffected] = useState<Affected | null>(null);
  const close = (): void => {
    setAffected(null);
    remove.reset();
    onClose();
  };
  const run = (): void =>
    remove.mutate(
      { id, force: affected !== null },
      {
        onSuccess: onRemoved,
        onError: (error) => setAffected(error instanceof ApiFailure ? error.affected : null),
      },
    );
  return (
    <Ask
      isOpen={isOpen}
      title={title}
      action={t(affected === null ? 'delete' : 'deleteAllTheSame')}
      isBusy={remove.isPending}
      onAction={run}
      onClose={close}
    >
      <Stack gap="sm">
        {children}
        {affected !== null && <AffectedList affected={affected} />}
        {remove.isError && affected === null && <FailureNote error={remove.error} />}
      </Stack>
    </Ask>
  );
}
