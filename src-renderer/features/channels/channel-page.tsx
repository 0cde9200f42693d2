import { Button, Group, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlayerPlay, IconPower, IconRoute, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { ApiFailure } from '../../api/failure.ts';
import { usePlatforms } from '../../api/program-queries.ts';
import { useRecord } from '../../api/record-queries.ts';
import type { Versioned } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Empty } from '../../ui/empty.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { RemoveRecord } from '../../ui/remove-record.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { ChannelEditor } from './channel-editor.tsx';
import { ChannelErrors } from './channel-errors.tsx';
import { ChannelFacts } from './channel-facts.tsx';
import styles from './channel-page.module.css';
import { channelPath } from './channel-path.ts';
import { ChannelUsage } from './channel-usage.tsx';
import { OverlapNote } from './overlap-note.tsx';
import { platformNamed } from './platform-facts.ts';
import { useChannelTexts } from './strings.ts';
import { TestDialog } from './test-dialog.tsx';
import { useSwitchChannel } from './use-switch-channel.ts';

interface ActionsProps {
  readonly channel: Versioned<'channels'>['record'];
  readonly onTest: () => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function Actions({ channel, onTest, onEdit, onDelete }: ActionsProps) {
  const t = useChannelTexts();
  const common = useCommonTexts();
  const switchChannel = useSwitchChannel();
  const name = titleOf(channel);
  return (
    <>
      <Button leftSection={<IconPlayerPlay size={16} />} variant="default" onClick={onTest}>
        {t('test')}
      </Button>
      <WhenWritable>
        <Button leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t('edit')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px="xs" aria-label={t('actions', { name })}>
              <IconDots size={18} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPower size={16} />} onClick={() => void switchChannel(channel)}>
              {common(channel.status === 'disabled' ? 'enable' : 'disable')}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={onDelete}>
              {common('delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </WhenWritable>
    </>
  );
}

function ChannelView({ stored }: { readonly stored: Versioned<'channels'> }) {
  const t = useChannelTexts();
  const common = useCommonTexts();
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  const [dialog, setDialog] = useState<'test' | 'delete' | null>(null);
  const { record } = stored;
  const platform = platformNamed(usePlatforms().data, record.platform);
  const name = titleOf(record);
  const here = channelPath(record.id);
  const close = (): void => setDialog(null);
  return (
    <Page
      title={name}
      back={{ href: '/channels', label: t('toList') }}
      summary={
        <Group component="span" gap="xs">
          {platform?.label ?? record.platform} <StatusBadge status={record.status} />
        </Group>
      }
      actions={
        <Actions
          channel={record}
          onTest={() => setDialog('test')}
          onEdit={() => navigate(`${here}?edit`)}
          onDelete={() => setDialog('delete')}
        />
      }
    >
      <OverlapNote warning={stored.warning} />
      <div className={styles.columns}>
        <ChannelFacts channel={record} platform={platform} />
        <ChannelUsage id={record.id} />
      </div>
      <ChannelErrors id={record.id} />
      {params.has('edit') && (
        <ChannelEditor
          isOpen
          stored={stored}
          onClose={() => navigate(here, { replace: true })}
          onSaved={() => {
            notifyDone(common('saved'));
            navigate(here, { replace: true });
          }}
        />
      )}
      <TestDialog channel={dialog === 'test' ? record : null} onClose={close} />
      <RemoveRecord
        resource="channels"
        id={record.id}
        title={t('deleteTitle', { name })}
        isOpen={dialog === 'delete'}
        onClose={close}
        onRemoved={() => {
          notifyDone(t('deleted', { name }));
          navigate('/channels', { replace: true });
        }}
      >
        {t('deleteText')}
      </RemoveRecord>
    </Page>
  );
}

function NoChannel() {
  const t = useChannelTexts();
  return (
    <Page title={t('title')}>
      <Empty icon={<IconRoute size={40} stroke={1.2} aria-hidden />} title={t('notFound')}>
        <Button component={Link} href="/channels" variant="default">
          {t('toList')}
        </Button>
      </Empty>
    </Page>
  );
}

/** One channel: what it is, how it does, and what can be done with it. */
export function ChannelPage({ id }: { readonly id: string }) {
  const query = useRecord('channels', id);
  // One that was just deleted here stays in sight until its page is left.
  const isUnknown = query.error instanceof ApiFailure && query.error.code === 'not_found';
  if (isUnknown && query.data === undefined) return <NoChannel />;
  return (
    <AnswerView query={query} lines={10}>
      {(stored) => <ChannelView stored={stored} />}
    </AnswerView>
  );
}
