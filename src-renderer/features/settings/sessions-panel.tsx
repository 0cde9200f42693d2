import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { admin, answer } from '../../api/client.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { browserOf } from './browser-name.ts';
import { useSessionTexts } from './session-strings.ts';

/** The sessions of the console that are open. */
function useSessions() {
  return useQuery({
    queryKey: ['sessions'],
    queryFn: async () => (await answer(admin.sessions.$get())).items,
  });
}

type OpenSession = NonNullable<ReturnType<typeof useSessions>['data']>[number];

function useEnding() {
  const client = useQueryClient();
  return useMutation({
    /** @param id of one; `null`: all others */
    mutationFn: (id: string | null) =>
      id === null ? admin.sessions.$delete() : admin.sessions[':id'].$delete({ param: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

function useColumns(end: (id: string) => void): readonly Column<OpenSession>[] {
  const t = useSessionTexts();
  const { time, relative } = useFormats();
  return [
    {
      key: 'where',
      header: t('where'),
      render: ({ agent, address, current, remembered }) => (
        <Stack gap={0}>
          <Group gap="xs">
            {browserOf(agent) ?? t('program')}
            {current && <Badge variant="light">{t('this')}</Badge>}
            {remembered && (
              <Badge variant="light" color="gray">
                {t('remembered')}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {address ?? NOTHING}
          </Text>
        </Stack>
      ),
    },
    { key: 'began', header: t('began'), isExtra: true, render: ({ began_at }) => time(began_at) },
    { key: 'used', header: t('used'), render: ({ last_used_at }) => relative(last_used_at) },
    { key: 'ends', header: t('ends'), isExtra: true, render: ({ expires_at }) => time(expires_at) },
    {
      key: 'end',
      header: t('deed'),
      render: ({ id, current }) =>
        current ? null : (
          <Button size="xs" variant="default" onClick={() => end(id)}>
            {t('end')}
          </Button>
        ),
    },
  ];
}

/** Who is signed in to the console, and putting them out. */
export function SessionsPanel() {
  const t = useSessionTexts();
  const query = useSessions();
  const { mutate, error, isPending } = useEnding();
  const columns = useColumns(mutate);
  return (
    <Panel
      title={t('title')}
      actions={
        <Button
          size="xs"
          variant="default"
          loading={isPending}
          disabled={!query.data?.some(({ current }) => !current)}
          onClick={() => mutate(null)}
        >
          {t('endOthers')}
        </Button>
      }
    >
      <Stack>
        <Text size="sm">{t('text')}</Text>
        {error !== null && <FailureNote error={error} />}
        <AnswerView query={query}>
          {(items) =>
            items.length === 0 ? (
              <Text size="sm">{t('none')}</Text>
            ) : (
              <DataTable label={t('title')} columns={columns} rows={items} rowKey={({ id }) => id} />
            )
          }
        </AnswerView>
      </Stack>
    </Panel>
  );
}
