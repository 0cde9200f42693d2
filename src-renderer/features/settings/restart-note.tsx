import { Alert } from '@mantine/core';
import { useSystem } from '../../api/system.ts';
import { useSettingsTexts } from './strings.ts';

const LISTENERS = ['proxy', 'console'] as const;
const MEMBERS = [
  { name: 'host', text: 'host' },
  { name: 'port', text: 'port' },
  { name: 'tls', text: 'cert' },
  { name: 'behind_tls', text: 'behindTls' },
] as const;

/** Which settings wait for the next start. */
export function RestartNote() {
  const t = useSettingsTexts();
  const waiting = useSystem().data?.record.restart_required ?? [];
  if (waiting.length === 0) return null;
  const known = LISTENERS.flatMap((listener) =>
    MEMBERS.map(({ name, text }) => [`${listener}.${name}`, `${t(listener)}: ${t(text)}`] as const),
  );
  const titles = new Map<string, string>(known);
  return (
    <Alert color="orange" variant="light" title={t('restart')}>
      {waiting.map((name) => titles.get(name) ?? name).join(' · ')}
    </Alert>
  );
}
