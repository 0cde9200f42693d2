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
import { useCommonTexts } from '../../ui/strings.ts';
import { useUsersTexts } from './strings.ts';

type User = RecordOf<'users'>;

function GroupLink({ id }: { readonly id: string }) {
  const names = useNames({ groups: [id] });
  return (
    <Anchor component={Link} inherit href={`/users?tab=groups&group=${encodeURIComponent(id)}`}>
      {names.groups.get(id) ?? id}
    </Anchor>
  );
}

function Limits({ limits }: Pick<User, 'limits'>) {
  const t = useUsersTexts();
  const lines = useLimitsText()(limits);
  return lines.length === 0 ? t('noLimits') : lines.map((line) => <div key={line}>{line}</div>);
}

function Models({ models }: { readonly models: readonly string[] }) {
  const t = useUsersTexts();
  return models.length === 0 ? t('noModels') : models.map((model) => <div key={model}>{model}</div>);
}

function failoverText({ failover, group }: User): 'on' | 'off' | 'inherited' {
  if (failover !== undefined) return failover ? 'on' : 'off';
  return group === undefined ? 'off' : 'inherited';
}

function useFacts(user: User): readonly Fact[] {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const { time } = useFormats();
  const { contact } = user;
  const email = contact?.email;
  const addresses = user.ip_allowlist ?? [];
  return [
    { name: t('id'), value: <Code>{user.id}</Code> },
    { name: t('department'), value: user.department ?? NOTHING },
    { name: t('group'), value: user.group === undefined ? NOTHING : <GroupLink id={user.group} /> },
    {
      name: t('email'),
      value:
        email === undefined ? (
          NOTHING
        ) : (
          <Anchor href={`mailto:${email}`} inherit>
            {email}
          </Anchor>
        ),
    },
    { name: t('phone'), value: contact?.phone ?? NOTHING },
    {
      name: t('allowlist'),
      value: addresses.length === 0 ? t('anyAddress') : <Code>{addresses.join(', ')}</Code>,
    },
    {
      name: t('models'),
      value: user.models === undefined ? t('allModels') : <Models models={user.models} />,
    },
    { name: common('lastUsed'), value: <LastUsed time={user.last_used_at} isExact /> },
    ...(HAS_EFFECT.failover ? [{ name: t('failover'), value: t(failoverText(user)) }] : []),
    ...(HAS_EFFECT.limits ? [{ name: t('limits'), value: <Limits limits={user.limits} /> }] : []),
    { name: t('notes'), value: user.notes ?? NOTHING },
    { name: t('created'), value: user.created_at === undefined ? NOTHING : time(user.created_at) },
    { name: t('updated'), value: user.updated_at === undefined ? NOTHING : time(user.updated_at) },
  ];
}

/** Who a user is, and what was set for them. */
export function UserFacts({ user }: { readonly user: User }) {
  const t = useUsersTexts();
  const facts = useFacts(user);
  return (
    <Panel title={t('facts')} actions={<HistoryLink id={user.id} />}>
      <Facts facts={facts} />
    </Panel>
  );
}
