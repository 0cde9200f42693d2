import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { LoggedRequest } from '../../api/live-feed.ts';
import { useNames } from '../../api/names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useFormats } from '../../ui/formats.ts';
import { OutcomeBadge } from '../../ui/outcome-badge.tsx';
import { useErrorReason } from '../../ui/use-error-reason.ts';
import { RequestFacts } from './request-facts.tsx';
import { logPath } from './request-filter.ts';
import { useRequestTexts } from './strings.ts';

/** What happened, in plain words, and what to do about it. */
function WhatHappened({ request }: { readonly request: LoggedRequest }) {
  const t = useRequestTexts();
  const { milliseconds } = useFormats();
  const reasonOf = useErrorReason();
  const time = milliseconds(request.latency_ms);
  if (request.outcome === 'success') {
    return <Text>{t(request.status === 101 ? 'sessionEnded' : 'answered', { time })}</Text>;
  }
  const { reason, hint } = reasonOf(request);
  return (
    <Alert color="gray" variant="light" title={reason}>
      <Stack gap="xs">
        <Text size="sm">{hint}</Text>
        {request.error_message !== null && (
          <Text size="sm" c="dimmed">
            {t('message')}: {request.error_message}
          </Text>
        )}
        {request.error_code !== null && (
          <Text size="sm" c="dimmed">
            {t('errorCode')}: <code>{request.error_code}</code>
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

/** Ways to requests that have something in common with this one. */
function Alike({ request }: { readonly request: LoggedRequest }) {
  const t = useRequestTexts();
  const { user, key_id, channel, model, error_code, outcome } = request;
  const ways = [
    { label: t('sameUser'), filter: { user } },
    { label: t('sameKey'), filter: { key_id } },
    { label: t('sameChannel'), filter: { channel } },
    { label: t('sameModel'), filter: { model } },
    ...(outcome === 'success'
      ? []
      : [{ label: t('sameError'), filter: error_code === null ? { outcome } : { error_code } }]),
  ].filter(({ filter }) => Object.values(filter).every((value) => value !== null));
  return (
    <Group gap="md">
      <Text size="sm" c="dimmed">
        {t('alike')}:
      </Text>
      {ways.map(({ label, filter }) => (
        <Anchor key={label} component={Link} href={logPath(filter)} size="sm">
          {label}
        </Anchor>
      ))}
    </Group>
  );
}

/** All that is known of one request. There is no key in it: the log keeps none. */
export function RequestDetail({ request }: { readonly request: LoggedRequest }) {
  const t = useRequestTexts();
  const names = useNames({ users: [request.user], keys: [request.key_id], channels: [request.channel] });
  return (
    <>
      <Group justify="space-between">
        <OutcomeBadge outcome={request.outcome} status={request.status} />
        <CopyButton value={JSON.stringify(request, null, 2)} label={t('copyJson')} withText />
      </Group>
      <WhatHappened request={request} />
      <RequestFacts request={request} names={names} />
      <Alike request={request} />
    </>
  );
}
