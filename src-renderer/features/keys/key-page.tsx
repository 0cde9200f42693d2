import { Stack } from '@mantine/core';
import { IconKeyOff } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiFailure } from '../../api/failure.ts';
import { useRecord } from '../../api/record-queries.ts';
import type { Versioned } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Empty } from '../../ui/empty.tsx';
import { MadeKey } from '../../ui/made-key.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { RecordUsage } from '../../ui/record-usage.tsx';
import { Tiles } from '../../ui/tiles.tsx';
import { useUrlSwitch } from '../../ui/url-switch.ts';
import { KeyActions } from './key-actions.tsx';
import { KeyChannels } from './key-channels.tsx';
import { KeyDrawer } from './key-drawer.tsx';
import { KeyFacts } from './key-facts.tsx';
import { KeyStateBadge } from './key-state-badge.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { SecretPanel } from './secret-panel.tsx';
import { useKeysTexts } from './strings.ts';

type Stored = Versioned<'proxy-keys'>;

function Editing({ stored, onClose }: { readonly stored: Stored; readonly onClose: () => void }) {
  const t = useKeysTexts();
  // What is being edited stays what it was when that began, until somebody asks for what is stored.
  const [edited, setEdited] = useState(stored);
  return (
    <KeyDrawer
      key={edited.etag}
      stored={edited}
      onSaved={({ record }) => {
        onClose();
        notifyDone(t('saved', { name: titleOf(record) }));
      }}
      onClose={onClose}
      onReload={setEdited}
    />
  );
}

function KnownKey({ stored }: { readonly stored: Stored }) {
  const t = useKeysTexts();
  const form = useUrlSwitch('edit');
  const [isRotating, setIsRotating] = useState(false);
  const [newSecret, setNewSecret] = useState<string | null>(null);
  const { record } = stored;
  const rotated = (secret: string): void => {
    setIsRotating(false);
    setNewSecret(secret);
  };
  return (
    <Page
      title={titleOf(record)}
      back={{ href: '/keys', label: t('toKeys') }}
      summary={<KeyStateBadge record={record} />}
      actions={<KeyActions record={record} onEdit={form.open} onRotate={() => setIsRotating(true)} />}
    >
      <RecordUsage
        owner={{ key: record.id }}
        requestsHref={`/requests?key_id=${encodeURIComponent(record.id)}`}
      />
      <Tiles wide>
        <KeyFacts record={record} />
        <Stack>
          <SecretPanel record={record} />
          <KeyChannels record={record} />
        </Stack>
      </Tiles>
      {form.isOpen && <Editing stored={stored} onClose={form.close} />}
      {isRotating && (
        <RotateDialog record={record} onClose={() => setIsRotating(false)} onRotated={rotated} />
      )}
      {newSecret !== null && (
        <MadeKey id={record.id} secret={newSecret} title="rotated" onClose={() => setNewSecret(null)} />
      )}
    </Page>
  );
}

/** One Proxy-Key: what it opens, for whom, and what was used with it. */
export function KeyPage({ id }: { readonly id: string }) {
  const t = useKeysTexts();
  const query = useRecord('proxy-keys', id);
  if (query.data !== undefined) return <KnownKey stored={query.data} />;
  const isUnknown = query.error instanceof ApiFailure && query.error.code === 'not_found';
  return (
    <Page title={id} back={{ href: '/keys', label: t('toKeys') }}>
      {isUnknown ? (
        <Empty icon={<IconKeyOff size={40} stroke={1.2} aria-hidden />} title={t('notFound')} />
      ) : (
        <AnswerView query={query} lines={8}>
          {() => null}
        </AnswerView>
      )}
    </Page>
  );
}
