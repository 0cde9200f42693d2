import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Ask } from './ask.tsx';
import styles from './bulk-bar.module.css';
import { useBulkTexts } from './bulk-strings.ts';
import { useFormats } from './formats.ts';
import { useCommonTexts } from './strings.ts';
import type { BulkProgress } from './use-bulk.ts';
import type { Matching } from './use-matching.ts';
import type { Selection } from './use-selection.ts';

function Working({ progress }: { readonly progress: BulkProgress }) {
  const t = useBulkTexts();
  const text = t('working', { done: progress.done + 1, count: progress.count });
  return (
    <Stack gap={4} role="status" className={styles.bar}>
      <Text size="sm">{text}</Text>
      <Progress value={(progress.done / progress.count) * 100} aria-label={text} />
    </Stack>
  );
}

/** What is asked before the chosen records are deleted. */
interface Deletion<T> {
  readonly title: (count: number) => string;
  /** What goes with them, in plain words. */
  readonly text: string;
  readonly run: (records: readonly T[]) => Promise<void>;
}

interface BulkBarProps<T> {
  readonly selection: Selection<T>;
  /** All that match, on every page. */
  readonly matching: Matching<T>;
  readonly total: number;
  readonly progress: BulkProgress | null;
  readonly setStatus: (records: readonly T[], status: 'active' | 'disabled') => Promise<void>;
  readonly deletion: Deletion<T>;
  /** Further buttons. @param after ends the selection when the change is made */
  readonly moreActions?: (records: readonly T[], after: (change: Promise<void>) => void) => ReactNode;
}

function DeleteSome<T>({
  chosen,
  deletion,
  after,
}: {
  readonly chosen: readonly T[];
  readonly deletion: Deletion<T>;
  readonly after: (change: Promise<void>) => void;
}) {
  const t = useBulkTexts();
  const common = useCommonTexts();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setIsAsking(true)}>
        {t('deleteSome')}
      </Button>
      <Ask
        isOpen={isAsking}
        title={deletion.title(chosen.length)}
        action={common('delete')}
        onAction={() => {
          setIsAsking(false);
          after(deletion.run(chosen));
        }}
        onClose={() => setIsAsking(false)}
      >
        {deletion.text}
      </Ask>
    </>
  );
}

/** What can be done with the chosen records of a list, all at once; nothing is shown while none is chosen. */
export function BulkBar<T>({ selection, matching, total, progress, ...on }: BulkBarProps<T>) {
  const t = useBulkTexts();
  const common = useCommonTexts();
  const { number } = useFormats();
  const chosen = matching.records ?? selection.chosen;
  const clear = (): void => {
    selection.clear();
    matching.clear();
  };
  const after = (change: Promise<void>): void => void change.then(clear);
  if (progress !== null) return <Working progress={progress} />;
  if (chosen.length === 0) return null;
  return (
    <Group className={styles.bar} gap="xs">
      <Text size="sm" fw={500} role="status">
        {t('selected', { count: chosen.length })}
      </Text>
      {selection.isAll && matching.records === null && total > chosen.length && (
        <Button size="xs" variant="light" loading={matching.isBusy} onClick={() => void matching.take()}>
          {t('takeAll', { number: number(total) })}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => after(on.setStatus(chosen, 'active'))}>
        {common('enable')}
      </Button>
      <Button size="xs" variant="default" onClick={() => after(on.setStatus(chosen, 'disabled'))}>
        {common('disable')}
      </Button>
      {on.moreActions?.(chosen, after)}
      <DeleteSome chosen={chosen} deletion={on.deletion} after={after} />
      <Button size="xs" variant="subtle" onClick={clear}>
        {t('unselect')}
      </Button>
    </Group>
  );
}
