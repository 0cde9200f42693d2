import { Drawer, Stack, Text } from '@mantine/core';
import { useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { ApiFailure } from '../../api/failure.ts';
import type { LoggedRequest } from '../../api/live-feed.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { RequestDetail } from './request-detail.tsx';
import { useRequestTexts } from './strings.ts';
import { useRequest } from './use-request.ts';

interface RequestDrawerProps {
  /** `null` while none is chosen. */
  readonly id: string | null;
  /** The same as it stands in the list, where it does. */
  readonly known: LoggedRequest | null;
}

function Chosen({ id, known }: { readonly id: string; readonly known: LoggedRequest | null }) {
  const t = useRequestTexts();
  const query = useRequest(id, known);
  if (query.error instanceof ApiFailure && query.error.status === 404) return <Text>{t('notKept')}</Text>;
  return (
    <AnswerView query={query} lines={8}>
      {(request) => <RequestDetail request={request} />}
    </AnswerView>
  );
}

/** One request in detail, beside the log it was found in. */
export function RequestDrawer({ id, known }: RequestDrawerProps) {
  const t = useRequestTexts();
  const common = useCommonTexts();
  const search = useSearch();
  const [, navigate] = useLocation();
  // What is shown while the drawer closes.
  const last = useRef(id);
  if (id !== null) last.current = id;
  return (
    <Drawer
      opened={id !== null}
      onClose={() => navigate(`/requests${search === '' ? '' : `?${search}`}`)}
      title={t('detail')}
      position="right"
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack>{last.current !== null && <Chosen key={last.current} id={last.current} known={known} />}</Stack>
    </Drawer>
  );
}
