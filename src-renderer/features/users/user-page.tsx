import { Stack } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { ApiFailure } from '../../api/failure.ts';
import { useRecord } from '../../api/record-queries.ts';
import type { Versioned } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Empty } from '../../ui/empty.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { RecordUsage } from '../../ui/record-usage.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { Tiles } from '../../ui/tiles.tsx';
import { useUrlSwitch } from '../../ui/url-switch.ts';
import { useUsersTexts } from './strings.ts';
import { UserActions } from './user-actions.tsx';
import { UserChannels } from './user-channels.tsx';
import { UserDrawer } from './user-drawer.tsx';
import { UserFacts } from './user-facts.tsx';
import { UserKeys } from './user-keys.tsx';

/** Where there is no user to show. */
function Titled({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const t = useUsersTexts();
  return (
    <Page title={id} back={{ href: '/users', label: t('backToUsers') }}>
      {children}
    </Page>
  );
}

interface EditingProps {
  readonly stored: Versioned<'users'>;
  readonly onClose: () => void;
  /** Reads the user anew. */
  readonly onReload: () => void;
}

function Editing({ stored, onClose, onReload }: EditingProps) {
  const common = useCommonTexts();
  // What is being edited stays what it was when that began, until somebody asks for what is stored.
  const [edited, setEdited] = useState(stored);
  return (
    <UserDrawer
      key={edited.etag}
      stored={edited}
      onSaved={() => {
        onClose();
        notifyDone(common('saved'));
      }}
      onClose={onClose}
      onReload={(theirs) => {
        setEdited(theirs);
        onReload();
      }}
    />
  );
}

interface KnownUserProps {
  readonly stored: Versioned<'users'>;
  /** Reads the user anew. */
  readonly onReload: () => void;
}

function KnownUser({ stored, onReload }: KnownUserProps) {
  const t = useUsersTexts();
  const [, navigate] = useLocation();
  const form = useUrlSwitch('edit');
  const { record } = stored;
  return (
    <Page
      title={titleOf(record)}
      back={{ href: '/users', label: t('backToUsers') }}
      summary={<StatusBadge status={record.status} />}
      actions={
        <UserActions
          user={record}
          onEdit={form.open}
          onDeleted={() => navigate('/users', { replace: true })}
        />
      }
    >
      <RecordUsage
        owner={{ user: record.id }}
        requestsHref={`/requests?user=${encodeURIComponent(record.id)}`}
      />
      <Tiles wide>
        <UserFacts user={record} />
        <Stack>
          <UserKeys id={record.id} />
          <UserChannels user={record} />
        </Stack>
      </Tiles>
      {form.isOpen && <Editing stored={stored} onClose={form.close} onReload={onReload} />}
    </Page>
  );
}

/** One user: who they are, what they may use, and what they used. */
export function UserPage({ id }: { readonly id: string }) {
  const t = useUsersTexts();
  const query = useRecord('users', id);
  if (query.data === undefined && query.error instanceof ApiFailure && query.error.code === 'not_found') {
    return (
      <Titled id={id}>
        <Empty icon={<IconUserOff size={40} stroke={1.2} aria-hidden />} title={t('notFound', { id })}>
          {t('notFoundHint')}
        </Empty>
      </Titled>
    );
  }
  if (query.data === undefined) {
    return (
      <Titled id={id}>
        <AnswerView query={query} lines={8}>
          {() => null}
        </AnswerView>
      </Titled>
    );
  }
  return <KnownUser stored={query.data} onReload={() => void query.refetch()} />;
}
