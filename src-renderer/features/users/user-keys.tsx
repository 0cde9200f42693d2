import { Anchor, Badge, Button, Code } from '@mantine/core';
import { Link } from 'wouter';
import { useRecords } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useFormats } from '../../ui/formats.ts';
import { LastUsed } from '../../ui/last-used.tsx';
import { Panel } from '../../ui/panel.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { useUsersTexts } from './strings.ts';

type Key = RecordOf<'proxy-keys'>;

const MOST_SHOWN = 10;

function Expiry({ at }: { readonly at: string | undefined }) {
  const t = useUsersTexts();
  const { date } = useFormats();
  if (at === undefined) return t('never');
  if (Date.parse(at) > Date.now()) return date(at);
  return (
    <Badge color="orange" variant="light" miw="max-content">
      {t('expired')}
    </Badge>
  );
}

/** A key of a disabled user opens nothing, whatever its own status. */
function State({ of: { status, state } }: { readonly of: Key }) {
  const t = useUsersTexts();
  if (state !== 'user_disabled') return <StatusBadge status={status} />;
  return (
    <Badge color="gray" variant="light" miw="max-content">
      {t('userDisabled')}
    </Badge>
  );
}

function useKeyColumns(): readonly Column<Key>[] {
  const t = useUsersTexts();
  const common = useCommonTexts();
  return [
    {
      key: 'name',
      header: t('name'),
      render: (key) => (
        <Anchor component={Link} size="sm" href={`/keys/${encodeURIComponent(key.id)}`}>
          {titleOf(key)}
        </Anchor>
      ),
    },
    { key: 'key', header: t('key'), isExtra: true, render: ({ key }) => <Code>{key}</Code> },
    { key: 'status', header: t('status'), render: (key) => <State of={key} /> },
    {
      key: 'last_used',
      header: common('lastUsed'),
      isWhole: true,
      isExtra: true,
      render: ({ last_used_at }) => <LastUsed time={last_used_at} />,
    },
    { key: 'expires', header: t('expires'), render: ({ expires_at }) => <Expiry at={expires_at} /> },
  ];
}

/** The Proxy-Keys of a user. */
export function UserKeys({ id }: { readonly id: string }) {
  const t = useUsersTexts();
  const query = useRecords('proxy-keys', { user: id, per_page: MOST_SHOWN, sort: 'name' });
  const columns = useKeyColumns();
  const user = encodeURIComponent(id);
  return (
    <Panel
      title={t('keys')}
      actions={
        <WhenWritable>
          <Button component={Link} href={`/keys?new&user=${user}&return=user`} size="xs" variant="default">
            {t('newKey')}
          </Button>
        </WhenWritable>
      }
    >
      <AnswerView query={query}>
        {({ items, total }) =>
          total === 0 ? (
            <Empty title={t('noKeys')} />
          ) : (
            <>
              <DataTable
                label={t('keys')}
                columns={columns}
                rows={items}
                rowKey={(key) => key.id}
                isFaint={({ state }) => state !== 'active'}
              />
              {total > items.length && (
                <Anchor component={Link} href={`/keys?user=${user}`} size="sm">
                  {t('moreKeys', { count: total - items.length })}
                </Anchor>
              )}
            </>
          )
        }
      </AnswerView>
    </Panel>
  );
}
