import { Alert, Button, FileButton, Group, List, Stack, Table, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { admin, answer } from '../../api/client.ts';
import { ApiFailure } from '../../api/failure.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { useBackupTexts } from './backup-strings.ts';

const COUNTED = ['users', 'proxy_keys', 'groups', 'channels', 'prices', 'system', 'skipped'] as const;

interface Imported {
  readonly counts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

async function sendFiles(chosen: readonly File[]): Promise<Imported> {
  const files = await Promise.all(
    chosen.map(async (file) => ({ name: file.name, content: await file.text() })),
  );
  return answer(admin.import.$post({ json: { files } }));
}

function Outcome({ counts, warnings }: Imported) {
  const t = useBackupTexts();
  const { number } = useFormats();
  return (
    <Stack role="status">
      <Alert color="teal" variant="light">
        {t('imported')}
      </Alert>
      <Table aria-label={t('imported')} maw={360}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('section')}</Table.Th>
            <Table.Th ta="right">{t('added')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {COUNTED.map((name) => (
            <Table.Tr key={name}>
              <Table.Td>{t(name)}</Table.Td>
              <Table.Td ta="right">{number(counts[name] ?? 0)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {warnings.length > 0 && (
        <Lines color="orange" title={t('warnings', { count: warnings.length })} lines={warnings} />
      )}
    </Stack>
  );
}

interface LinesProps {
  readonly color: string;
  readonly title: string;
  readonly lines: readonly string[];
}

function Lines({ color, title, lines }: LinesProps) {
  return (
    <Alert color={color} variant="light" title={title}>
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Refused({ error }: { readonly error: unknown }) {
  if (!(error instanceof ApiFailure) || error.issues.length === 0) return <FailureNote error={error} />;
  return <Lines color="red" title={error.message} lines={error.issues.map(({ message }) => message)} />;
}

/** Takes the older system's files. */
export function ImportPanel() {
  const t = useBackupTexts();
  const client = useQueryClient();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: sendFiles,
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <Panel title={t('import')}>
      <Stack>
        <Text size="sm">{t('importText')}</Text>
        <Group>
          <FileButton
            multiple
            accept=".json,.yaml,.yml"
            onChange={(files) => {
              if (files.length > 0) mutate(files);
            }}
          >
            {(props) => (
              <Button
                variant="default"
                leftSection={<IconFileImport size={16} />}
                loading={isPending}
                {...props}
              >
                {t('chooseFiles')}
              </Button>
            )}
          </FileButton>
        </Group>
        {error !== null && <Refused error={error} />}
        {data !== undefined && <Outcome {...data} />}
      </Stack>
    </Panel>
  );
}
