import { Alert, Badge, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { DEMO_ID } from '../../../src-main/contract/demo-id.ts';
import { adminFetch } from '../../api/admin-fetch.ts';
import { Ask } from '../../ui/ask.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { ChannelErrors } from './channel-errors.tsx';
import { ChannelUsage } from './channel-usage.tsx';
import { useChannelTexts } from './strings.ts';

/** The demo's channel: nothing of it can be changed, but it can be ended. */
export function DemoPage() {
  const t = useChannelTexts();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [isAsking, setIsAsking] = useState(false);
  const end = useMutation({
    mutationFn: () => adminFetch('/api/v1/demo', { method: 'DELETE' }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['status'] });
      notifyDone(t('demoEnded'));
      navigate('/channels');
    },
  });
  return (
    <Page
      title={t('demoName')}
      back={{ href: '/channels', label: t('toList') }}
      summary={<Badge variant="light">{t('builtIn')}</Badge>}
      actions={
        <Button variant="default" onClick={() => setIsAsking(true)}>
          {t('demoEnd')}
        </Button>
      }
    >
      <Alert variant="light">{t('demoText')}</Alert>
      <ChannelUsage id={DEMO_ID} />
      <ChannelErrors id={DEMO_ID} />
      <Ask
        isOpen={isAsking}
        title={t('demoEnd')}
        action={t('demoEnd')}
        isBusy={end.isPending}
        onAction={() => end.mutate()}
        onClose={() => setIsAsking(false)}
      >
        {t('demoEndText')}
        {end.isError && <FailureNote error={end.error} />}
      </Ask>
    </Page>
  );
}
