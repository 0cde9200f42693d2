import { Anchor, Code } from '@mantine/core';
import { Link } from 'wouter';
import { useNames } from '../../api/names.ts';
import type { RecordOf } from '../../api/records.ts';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { HAS_EFFECT } from '../../ui/has-effect.ts';
import { HistoryLink } from '../../ui/history-link.tsx';
import { LastUsed } from '../../ui/last-used.tsx';
import { useLimitsText } from '../../ui/limits-text.ts';
import { Panel } from '../../ui/panel.tsx';
import { useKeysTexts } from './strings.ts';

type ProxyKey = RecordOf<'proxy-keys'>;

function UserLink({ id }: { readonly id: string }) {
  const names = useNames({ users: [id] });
  return (
    <Anchor component={Link} size="sm" href={`/users/${encodeURIComponent(id)}`}>
      {names.users.get(id) ?? id}
    </Anchor>
  );
}

function Models({ models }: Pick<ProxyKey, 'models'>) {
  const t = useKeysTexts();
  if (models === undefined) return t('all');
  return models.length === 0 ? t('none') : models.map((model) => <div key={model}>{model}</div>);
}

function useFacts(record: ProxyKey): readonly Fact[] {
  const t = useKeysTexts();
  const { time, relative } = useFormats();
  const limits = useLimitsText()(record.limits);
  const { failover, expires_at, created_at, updated_at } = record;
  return [
    { name: t('user'), value: <UserLink id={record.user} /> },
    { name: t('id'), value: <Code>{record.id}</Code> },
    {
      name: t('expires'),
      value: expires_at === undefined ? t('never') : `${time(expires_at)} (${relative(expires_at)})`,
    },
    { name: t('lastUsed'), value: <LastUsed time={record.last_used_at} isExact /> },
    { name: t('models'), value: <Models models={record.models} /> },
    ...(HAS_EFFECT.failover
      ? [
          {
            name: t('failover'),
            value: t(failover === undefined ? 'failoverInherit' : failover ? 'on' : 'off'),
          },
        ]
      : []),
    ...(HAS_EFFECT.limits
      ? [
          {
            name: t('limits'),
            value: limits.length === 0 ? t('noLimits') : limits.map((line) => <div key={line}>{line}</div>),
          },
        ]
      : []),
    { name: t('notes'), value: record.notes ?? NOTHING },
    { name: t('created'), value: created_at === undefined ? NOTHING : time(created_at) },
    { name: t('updated'), value: updated_at === undefined ? NOTHING : time(updated_at) },
  ];
}

/** Whose a Proxy-Key is, and what was set for it. */
export function KeyFacts({ record }: { readonly record: ProxyKey }) {
  const t = useKeysTexts();
  const facts = useFacts(record);
  return (
    <Panel title={t('facts')} actions={<HistoryLink id={record.id} />}>
      <Facts facts={facts} />
    </Panel>
  );
}
