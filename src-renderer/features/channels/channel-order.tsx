import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { admin, answer } from '../../api/client.ts';
import { useForget, useRecords } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/formats.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUnsaved } from '../../ui/unsaved.ts';
import styles from './channel-order.module.css';
import { OrderList } from './order-list.tsx';
import { useChannelTexts } from './strings.ts';

/** As many as the server gives at once. */
const MOST = 500;

type ChannelRecord = RecordOf<'channels'>;

interface OrderingProps {
  readonly stored: readonly ChannelRecord[];
  readonly onLeave: () => void;
}

function Ordering({ stored, onLeave }: OrderingProps) {
  const t = useChannelTexts();
  const common = useCommonTexts();
  const forget = useForget();
  // What is read meanwhile does not move what is being moved.
  const [before] = useState(stored);
  const [channels, setChannels] = useState(stored);
  const isMoved = channels.some(({ id }, at) => id !== before[at]?.id);
  useUnsaved(isMoved);
  const save = useMutation({
    mutationFn: () => answer(admin.channels.order.$post({ json: { ids: channels.map(({ id }) => id) } })),
    onSuccess: async () => {
      await forget('channels');
      notifyDone(t('orderSaved'));
      onLeave();
    },
  });
  return (
    <Stack>
      <OrderList channels={channels} onReorder={setChannels} />
      {save.isError && <FailureNote error={save.error} />}
      <Group justify="flex-end" className={styles.deeds ?? ''}>
        {isMoved && (
          <Text size="sm" c="dimmed">
            {t('orderMoved')}
          </Text>
        )}
        <Button variant="default" onClick={onLeave}>
          {common('cancel')}
        </Button>
        <Button disabled={!isMoved} loading={save.isPending} onClick={() => save.mutate()}>
          {t('orderSave')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The order in which channels are tried, changed as a whole. */
export function ChannelOrder() {
  const t = useChannelTexts();
  const { number } = useFormats();
  const [, navigate] = useLocation();
  const list = useRecords('channels', { sort: 'priority', per_page: MOST });
  return (
    <Page title={t('orderTitle')} back={{ href: '/channels', label: t('toList') }} summary={t('orderHint')}>
      <Panel>
        <AnswerView query={list} lines={8}>
          {({ items, total }) => (
            <Stack>
              {total > MOST && (
                <Alert color="orange" variant="light">
                  {t('orderCut', { number: number(MOST) })}
                </Alert>
              )}
              <Ordering stored={items} onLeave={() => navigate('/channels', { replace: true })} />
            </Stack>
          )}
        </AnswerView>
      </Panel>
    </Page>
  );
}
