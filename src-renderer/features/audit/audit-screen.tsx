import { Button, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useNames } from '../../api/names.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useAuditColumns } from './audit-columns.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { kindOf } from './record-kinds.ts';
import { useAuditTexts } from './strings.ts';
import { type AuditEntry, useAudit } from './use-audit.ts';

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const t = useAuditTexts();
  const idsOf = (kind: string) =>
    entries.filter(({ action }) => kindOf(action) === kind).map(({ target }) => target);
  const names = useNames({
    users: idsOf('user'),
    keys: idsOf('proxy_key'),
    channels: idsOf('channel'),
    groups: idsOf('group'),
  });
  return (
    <DataTable
      label={t('title')}
      columns={useAuditColumns(names)}
      rows={entries.map((entry, index) => ({ entry, index }))}
      rowKey={({ index }) => String(index)}
    />
  );
}

/** What admins did: who, when, from where, and which members changed. */
export default function AuditScreen() {
  const t = useAuditTexts();
  const { state, isFiltered, query, entries } = useAudit();
  return (
    <Page title={t('title')} summary={t('summary')}>
      <Panel>
        <AuditFilters state={state} isFiltered={isFiltered} />
        <AnswerView query={query} lines={8}>
          {() =>
            entries.length === 0 && !query.hasNextPage ? (
              <Empty
                icon={<IconHistory size={40} stroke={1.2} aria-hidden />}
                title={t(isFiltered ? 'noneFound' : 'none')}
              />
            ) : (
              <>
                <Entries entries={entries} />
                <Group justify="center" mt="md">
                  {query.hasNextPage ? (
                    <Button
                      variant="default"
                      loading={query.isFetchingNextPage}
                      onClick={() => void query.fetchNextPage()}
                    >
                      {t('older')}
                    </Button>
                  ) : (
                    <Text size="sm" c="dimmed">
                      {t('theEnd')}
                    </Text>
                  )}
                </Group>
              </>
            )
          }
        </AnswerView>
      </Panel>
    </Page>
  );
}
