import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import styles from './conflict.module.css';
import { comparableText } from './conflict-value.ts';
import { useCommonTexts } from './strings.ts';

type Members = Readonly<Record<string, unknown>>;

interface ConflictProps {
  /** The record as it is stored now; `null` while there is no conflict. */
  readonly theirs: Members | null;
  /** What this person wants to change: a merge patch. */
  readonly mine: Members;
  /** What the form calls the members, by their names; the others stand as they are called in the record. */
  readonly fieldNames?: Readonly<Record<string, string>>;
  readonly isBusy: boolean;
  readonly onUseTheirs: () => void;
  readonly onUseMine: () => void;
  readonly onClose: () => void;
}

function Value({ value }: { readonly value: unknown }) {
  const t = useCommonTexts();
  const text = comparableText(value);
  return text === '' ? (
    <Text size="sm" c="dimmed">
      {t('empty')}
    </Text>
  ) : (
    <Text size="sm" className={styles.value}>
      {text}
    </Text>
  );
}

/** Shows what two people want of one record, and lets this one decide. */
export function Conflict({ theirs, mine, fieldNames = {}, isBusy, ...on }: ConflictProps) {
  const { onUseTheirs, onUseMine, onClose } = on;
  const t = useCommonTexts();
  const names = Object.keys(mine);
  return (
    <Modal
      opened={theirs !== null}
      onClose={onClose}
      title={t('conflictTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <Text>{t('conflictText')}</Text>
        <Table className={styles.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('conflictField')}</Table.Th>
              <Table.Th>{t('conflictTheirs')}</Table.Th>
              <Table.Th>{t('conflictMine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {names.map((name) => (
              <Table.Tr key={name}>
                <Table.Td>{fieldNames[name] ?? name}</Table.Td>
                <Table.Td>
                  <Value value={theirs?.[name]} />
                </Table.Td>
                <Table.Td>
                  <Value value={mine[name]} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={onUseTheirs}>
            {t('conflictUseTheirs')}
          </Button>
          <Button loading={isBusy} onClick={onUseMine}>
            {t('conflictUseMine')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
