import { Anchor, Code, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Names } from '../../api/names.ts';
import type { Column } from '../../ui/data-table.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import styles from './audit.module.css';
import { kindOf, PLACES } from './record-kinds.ts';
import { useActionText, useAuditTexts } from './strings.ts';
import type { AuditEntry } from './use-audit.ts';

/** An entry and its place among those that are shown. */
interface Row {
  readonly entry: AuditEntry;
  readonly index: number;
}

function Who({ actor }: Pick<AuditEntry, 'actor'>) {
  const t = useAuditTexts();
  return (
    <>
      {t(actor.kind)}
      <Text size="xs" c="dimmed" truncate maw="7rem" title={actor.session ?? ''}>
        {actor.address ?? NOTHING}
      </Text>
    </>
  );
}

function Target({ entry, names }: { readonly entry: AuditEntry; readonly names: Names }) {
  const { target } = entry;
  if (target === null) return NOTHING;
  const place = PLACES[kindOf(entry.action)];
  if (place === undefined) return <Code>{target}</Code>;
  return (
    <Anchor component={Link} size="sm" href={place.href(target)}>
      {names[place.names].get(target) ?? target}
    </Anchor>
  );
}

/** A value in one line; what was not there is nothing. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return NOTHING;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Changes({ entry: { changes = [], details } }: { readonly entry: AuditEntry }) {
  const facts = Object.entries(details ?? {});
  if (changes.length === 0 && facts.length === 0) return NOTHING;
  return (
    <ul className={styles.changes}>
      {changes.map(({ member, before, after }) => (
        <li key={member}>
          <b>{member}</b>: <del>{textOf(before)}</del> <span aria-hidden>→</span> <ins>{textOf(after)}</ins>
        </li>
      ))}
      {facts.map(([name, value]) => (
        <li key={name}>
          <b>{name}</b>: {textOf(value)}
        </li>
      ))}
    </ul>
  );
}

/** The columns of the audit log. */
export function useAuditColumns(names: Names): readonly Column<Row>[] {
  const t = useAuditTexts();
  const actionText = useActionText();
  const { exactTime } = useFormats();
  return [
    {
      key: 'time',
      header: t('time'),
      render: ({ entry }) => <time dateTime={entry.time}>{exactTime(entry.time)}</time>,
    },
    { key: 'who', header: t('who'), isWhole: true, render: ({ entry }) => <Who actor={entry.actor} /> },
    { key: 'action', header: t('action'), render: ({ entry }) => actionText(entry.action) },
    { key: 'record', header: t('record'), render: ({ entry }) => <Target entry={entry} names={names} /> },
    { key: 'changes', header: t('changes'), isExtra: true, render: ({ entry }) => <Changes entry={entry} /> },
  ];
}
