import { Button, Center, Group, Loader, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { admin, answer } from '../../api/client.ts';
import type { RecordOf } from '../../api/records.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { useStoredTest } from './channel-test.ts';
import { useChannelPageTexts } from './page-strings.ts';
import { TestResult } from './test-result.tsx';

type ChannelRecord = RecordOf<'channels'>;

/** The models that can be asked: those that the platform lists, else those that the channel names. */
function useModels({ id, models = [] }: ChannelRecord, isWanted: boolean): readonly string[] {
  const list = useQuery({
    queryKey: ['channels', 'models', id],
    queryFn: async () => (await answer(admin.channels[':id'].models.$get({ param: { id } }))).models,
    enabled: isWanted,
    retry: false,
  });
  return list.data ?? models.filter((model) => !model.includes('*'));
}

function Testing({ channel }: { readonly channel: ChannelRecord }) {
  const t = useChannelPageTexts();
  const { mutate, data, error, isPending } = useStoredTest(channel.id);
  const [model, setModel] = useState('');
  const models = useModels(channel, data?.ok === true);
  useEffect(() => mutate(''), [mutate]);
  return (
    <Stack>
      {isPending && (
        <Center py="md">
          <Group gap="sm" role="status">
            <Loader size="sm" />
            <Text>{t('testing')}</Text>
          </Group>
        </Center>
      )}
      {!isPending && data !== undefined && <TestResult result={data} />}
      {!isPending && error !== null && <FailureNote error={error} />}
      <Select
        label={t('testModel')}
        description={t('testModelHint')}
        data={[...models]}
        value={model || null}
        onChange={(chosen) => setModel(chosen ?? '')}
        searchable
        clearable
        limit={100}
      />
      <Group justify="flex-end">
        <Button variant="default" loading={isPending} onClick={() => mutate(model)}>
          {t('testAgain')}
        </Button>
      </Group>
    </Stack>
  );
}

interface TestDialogProps {
  /** `null` while nothing is tested. */
  readonly channel: ChannelRecord | null;
  readonly onClose: () => void;
}

/** Tests a stored channel at once, and shows the platform's real answer. */
export function TestDialog({ channel, onClose }: TestDialogProps) {
  const t = useChannelPageTexts();
  const common = useCommonTexts();
  return (
    <Modal
      opened={channel !== null}
      onClose={onClose}
      title={channel === null ? '' : t('testTitle', { name: titleOf(channel) })}
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {channel !== null && <Testing channel={channel} />}
    </Modal>
  );
}
