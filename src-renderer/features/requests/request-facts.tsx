import { Anchor, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useCurrency } from '../../api/currency.ts';
import type { LoggedRequest } from '../../api/live-feed.ts';
import type { Names } from '../../api/names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useFormats } from '../../ui/formats.ts';
import { useOutcomeTexts } from '../../ui/outcome-strings.ts';
import styles from './request-facts.module.css';
import { useRequestTexts } from './strings.ts';

interface RequestFactsProps {
  readonly request: LoggedRequest;
  readonly names: Names;
}

/** What is known, by name; what is `null` is left out. */
interface FactsProps {
  readonly title: string;
  readonly facts: readonly (readonly [string, ReactNode])[];
}

function Facts({ title, facts }: FactsProps) {
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name} className={styles.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function RecordLink({
  to,
  id,
  names,
}: {
  to: string;
  id: string | null;
  names: ReadonlyMap<string, string>;
}) {
  const t = useRequestTexts();
  if (id === null) return t('nobody');
  const name = names.get(id);
  return (
    <Anchor component={Link} size="sm" href={`/${to}/${encodeURIComponent(id)}`}>
      {name === undefined ? id : `${name} (${id})`}
    </Anchor>
  );
}

function Amounts({ request }: { readonly request: LoggedRequest }) {
  const t = useRequestTexts();
  const currency = useCurrency();
  const { bytes, number, cost } = useFormats();
  const figure = (value: number | null | undefined): string | null =>
    value === null || value === undefined ? null : number(value);
  return (
    <Facts
      title={t('sizes')}
      facts={[
        [t('sent'), bytes(request.bytes_in)],
        [t('received'), bytes(request.bytes_out)],
        [t('messagesIn'), figure(request.messages_in)],
        [t('messagesOut'), figure(request.messages_out)],
        [t('tokensIn'), figure(request.tokens_in)],
        [t('tokensCached'), figure(request.tokens_cached)],
        [t('tokensOut'), figure(request.tokens_out)],
        [t('tokensReasoning'), figure(request.tokens_reasoning)],
        [t('characters'), figure(request.characters)],
        [t('seconds'), figure(request.seconds)],
        [t('cost'), request.cost === null ? null : cost(request.cost, currency)],
      ]}
    />
  );
}

/** Who asked for what, for how long and how much. */
export function RequestFacts({ request, names }: RequestFactsProps) {
  const t = useRequestTexts();
  const protocols = useOutcomeTexts();
  const { exactTime, milliseconds, number } = useFormats();
  const { user, key_id, channel, ttfb_ms, attempts } = request;
  const path = <code>{`${request.method} ${request.path}`}</code>;
  return (
    <>
      <Facts
        title={t('who')}
        facts={[
          [t('user'), <RecordLink key="user" to="users" id={user} names={names.users} />],
          [t('key'), key_id && <RecordLink key="key" to="keys" id={key_id} names={names.keys} />],
          [t('client'), request.client],
          [
            t('refusedKey'),
            request.refused_key_end === undefined ? null : <code key="end">…{request.refused_key_end}</code>,
          ],
        ]}
      />
      <Facts
        title={t('what')}
        facts={[
          [t('model'), request.model],
          [
            t('channel'),
            channel && <RecordLink key="channel" to="channels" id={channel} names={names.channels} />,
          ],
          [t('endpoint'), request.endpoint],
          [t('path'), path],
          [t('protocol'), protocols(request.protocol)],
          [t('dialect'), request.dialect],
          [t('attempts'), attempts === 0 ? t('attemptsNone') : number(attempts)],
        ]}
      />
      <Facts
        title={t('duration')}
        facts={[
          [t('arrived'), exactTime(request.time)],
          [t('firstByte'), ttfb_ms === null ? null : milliseconds(ttfb_ms)],
          [t('total'), milliseconds(request.latency_ms)],
        ]}
      />
      <Amounts request={request} />
      <Group gap="xs" fz="sm">
        {t('id')}: <code>{request.request_id}</code>
        <CopyButton value={request.request_id} label={t('copyId')} />
      </Group>
    </>
  );
}
