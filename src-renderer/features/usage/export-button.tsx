import { Button, Group, Menu, Modal, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useFormats } from '../../ui/formats.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUsageTexts } from './strings.ts';
import { type ExportFormat, useUsageExport } from './use-usage-export.ts';

interface ExportButtonProps {
  /** The query of what is shown, without a format; `null` while that is not known. */
  readonly query: string | null;
}

/** Saves what is shown as a file; where that takes longer, says how far it has come. */
export function ExportButton({ query }: ExportButtonProps) {
  const t = useUsageTexts();
  const common = useCommonTexts();
  const { bytes } = useFormats();
  const { begin, cancel, progress, isLong } = useUsageExport();
  const item = (format: ExportFormat, label: string) => (
    <Menu.Item onClick={() => query !== null && void begin(query, format)}>{label}</Menu.Item>
  );
  const { receivedBytes = 0, totalBytes = null } = progress ?? {};
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            leftSection={<IconDownload size={16} />}
            disabled={query === null}
            loading={progress !== null}
          >
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {item('csv', t('exportCsv'))}
          {item('json', t('exportJson'))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isLong}
        onClose={cancel}
        title={t('exporting')}
        closeButtonProps={{ 'aria-label': common('cancel') }}
      >
        <Stack>
          <Progress
            value={totalBytes === null ? 100 : (receivedBytes / totalBytes) * 100}
            animated={totalBytes === null}
            aria-label={t('exporting')}
          />
          <Group justify="space-between">
            <Text size="sm" role="status">
              {t('received', { size: bytes(receivedBytes) })}
            </Text>
            <Button variant="default" onClick={cancel}>
              {common('cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
