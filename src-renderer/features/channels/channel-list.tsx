import { Button } from '@mantine/core';
import { IconArrowsSort, IconPlus, IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { usePlatforms, useStatus } from '../../api/program-queries.ts';
import { useRecords } from '../../api/record-queries.ts';
import type { ListQuestion, RecordOf } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { Paging } from '../../ui/paging.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { useChannelFigures } from '../../ui/use-channel-figures.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { useChannelColumns } from './channel-columns.tsx';
import { ChannelCreation } from './channel-creation.tsx';
import { ChannelFilters } from './channel-filters.tsx';
import { DemoNote } from './demo-note.tsx';
import { useChannelTexts } from './strings.ts';
import { TestDialog } from './test-dialog.tsx';
import { useAskedPlatform } from './use-asked-platform.ts';

const PER_PAGE = 50;
const NAMES = ['search', 'platform', 'status', 'sort', 'page'] as const;

/** What the address asks for. */
function useQuestion() {
  const { values, change } = useUrlState(NAMES);
  const { search, platform, status } = values;
  const page = Number(values.page) || 1;
  const sort = values.sort || 'priority';
  const question: ListQuestion = { search, platform, status, sort, page, per_page: PER_PAGE };
  return { values, change, question, page, sort, isFiltered: `${search}${platform}${status}` !== '' };
}

function NoChannels({ onAdd }: { readonly onAdd: () => void }) {
  const t = useChannelTexts();
  return (
    <Empty icon={<IconRoute size={40} stroke={1.2} aria-hidden />} title={t('none')}>
      {t('noneHint')}
      <WhenWritable>
        <Button leftSection={<IconPlus size={16} />} onClick={onAdd}>
          {t('add')}
        </Button>
      </WhenWritable>
    </Empty>
  );
}

function NothingFound({ onAll }: { readonly onAll: () => void }) {
  const t = useChannelTexts();
  return (
    <Empty title={t('nothingFound')}>
      <Button variant="default" onClick={onAll}>
        {t('showAll')}
      </Button>
    </Empty>
  );
}

/** All channels, the first to be tried at the top. */
export function ChannelList() {
  const t = useChannelTexts();
  const [, navigate] = useLocation();
  const { ask } = useAskedPlatform();
  const { values, change, question, page, sort, isFiltered } = useQuestion();
  const list = useRecords('channels', question);
  const figures = useChannelFigures();
  const platforms = usePlatforms().data;
  const isDemo = useStatus().data?.demo ?? false;
  const [tested, setTested] = useState<RecordOf<'channels'> | null>(null);
  const columns = useChannelColumns({ platforms, figures: figures.data, onTest: setTested });
  const add = (): void => ask('');
  const all = (): void => change({ search: '', platform: '', status: '' });
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        <WhenWritable>
          <Button
            variant="default"
            leftSection={<IconArrowsSort size={16} />}
            onClick={() => navigate('/channels?order')}
            disabled={(list.data?.total ?? 0) < 2 && !isFiltered}
          >
            {t('order')}
          </Button>
          <Button leftSection={<IconPlus size={16} />} onClick={add}>
            {t('add')}
          </Button>
        </WhenWritable>
      }
    >
      {isDemo && <DemoNote figures={figures.data} />}
      <Panel>
        <ChannelFilters
          values={values}
          onChange={change}
          onClear={isFiltered ? all : null}
          platforms={platforms ?? []}
        />
        <AnswerView query={list} lines={8}>
          {({ items, total }) => {
            if (total === 0) return isFiltered ? <NothingFound onAll={all} /> : <NoChannels onAdd={add} />;
            return (
              <div>
                <DataTable
                  label={t('title')}
                  columns={columns}
                  rows={items}
                  rowKey={({ id }) => id}
                  sort={sort}
                  onSort={(next) => change({ sort: next })}
                  isFaint={({ status }) => status === 'disabled'}
                  onRowClick={({ id }) => navigate(`/channels/${encodeURIComponent(id)}`)}
                />
                <Paging
                  page={page}
                  perPage={PER_PAGE}
                  total={total}
                  onPage={(next) => change({ page: String(next) })}
                />
              </div>
            );
          }}
        </AnswerView>
      </Panel>
      <ChannelCreation />
      <TestDialog channel={tested} onClose={() => setTested(null)} />
    </Page>
  );
}
