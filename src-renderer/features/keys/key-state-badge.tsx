import { Badge } from '@mantine/core';
import type { RecordOf } from '../../api/records.ts';
import { type KeyState, keyStateOf } from './key-state.ts';
import { useKeysTexts } from './strings.ts';

const COLORS: Readonly<Record<KeyState, string>> = {
  active: 'teal',
  expiring: 'orange',
  expired: 'red',
  disabled: 'gray',
  user_disabled: 'gray',
};

/** Whether a Proxy-Key opens anything. */
export function KeyStateBadge({
  record,
}: {
  readonly record: Pick<RecordOf<'proxy-keys'>, 'status' | 'expires_at' | 'state'>;
}) {
  const t = useKeysTexts();
  const state = keyStateOf(record, Date.now());
  return (
    <Badge color={COLORS[state]} variant="light" miw="max-content">
      {t(state)}
    </Badge>
  );
}
