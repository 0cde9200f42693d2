import { Badge } from '@mantine/core';
import type { ProxyKey } from '../../../src-main/contract/document.ts';
import { type KeyState, keyStateOf } from './key-state.ts';
import { useKeysTexts } from './strings.ts';

const COLORS: Readonly<Record<KeyState, string>> = {
  active: 'teal',
  expiring: 'orange',
  expired: 'red',
  disabled: 'gray',
};

/** Whether a Proxy-Key opens anything. */
export function KeyStateBadge({ record }: { readonly record: Pick<ProxyKey, 'status' | 'expires_at'> }) {
  const t = useKeysTexts();
  const state = keyStateOf(record, Date.now());
  return (
    <Badge color={COLORS[state]} variant="light" miw="max-content">
      {t(state)}
    </Badge>
  );
}
