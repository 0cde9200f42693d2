import { Radio, Stack, Text } from '@mantine/core';
import { useSystem, useWriteSystem } from '../../api/system.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useWelcomeTexts } from './strings.ts';

/** Asks whether bodies may ever be kept. Nothing is chosen for whoever does not answer. */
export function BodiesQuestion() {
  const t = useWelcomeTexts();
  const system = useSystem();
  const write = useWriteSystem();
  const choose = (bodies: string): void =>
    write.mutate(
      { patch: { records: { bodies } }, etag: null },
      { onSuccess: () => notifyDone(t('bodiesSaved')) },
    );
  return (
    <Panel title={t('bodiesTitle')}>
      <AnswerView query={system}>
        {({ record }) => (
          <Stack gap="sm">
            <Radio.Group
              label={t('bodiesAsk')}
              value={record.records?.bodies ?? ''}
              onChange={choose}
              readOnly={write.isPending}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="never" label={t('never')} />
                <Radio value="allowed" label={t('allowed')} />
              </Stack>
            </Radio.Group>
            <Text size="sm" c="dimmed">
              {t('bodiesHint')}
            </Text>
            {write.isError && <FailureNote error={write.error} />}
          </Stack>
        )}
      </AnswerView>
    </Panel>
  );
}
