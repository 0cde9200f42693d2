import { Button, Code, Stack, Text } from '@mantine/core';
import { IconEye, IconEyeOff, IconPlugConnected } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { validPrevious } from './key-state.ts';
import styles from './keys.module.css';
import { useKeysTexts } from './strings.ts';
import { SHOWN_S, useReveal } from './use-reveal.ts';

type ProxyKey = RecordOf<'proxy-keys'>;

function Previous({ record }: { readonly record: ProxyKey }) {
  const t = useKeysTexts();
  const { time, relative } = useFormats();
  const keys = validPrevious(record, Date.now());
  if (keys.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('previous')}
      </Text>
      <ul className={styles.previous}>
        {keys.map(({ key, expires_at }) => (
          <li key={`${key} ${expires_at}`}>
            {t('validUntil', { key, time: time(expires_at), relative: relative(expires_at) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The key itself: masked, in full for a while where somebody asks for it, and those it took the place of. */
export function SecretPanel({ record }: { readonly record: ProxyKey }) {
  const t = useKeysTexts();
  const { secret, reveal, hide, isBusy } = useReveal(record.id);
  const toConnect = (
    <Button
      component={Link}
      href={`/connect?key=${encodeURIComponent(record.id)}`}
      size="xs"
      variant="default"
      leftSection={<IconPlugConnected size={14} />}
    >
      {t('connect')}
    </Button>
  );
  return (
    <Panel title={t('secret')} actions={toConnect}>
      <Stack gap="sm">
        <div className={styles.secret}>
          <Code fz="md">{secret ?? record.key}</Code>
          {secret === null ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconEye size={14} />}
              loading={isBusy}
              onClick={() => void reveal()}
            >
              {t('reveal')}
            </Button>
          ) : (
            <>
              <CopyButton value={secret} label={t('copyKey')} />
              <Button size="xs" variant="default" leftSection={<IconEyeOff size={14} />} onClick={hide}>
                {t('hide')}
              </Button>
            </>
          )}
        </div>
        <Text size="sm" c="dimmed" role="status">
          {secret === null ? t('revealHint') : t('hidesAgain', { seconds: SHOWN_S })}
        </Text>
        <Previous record={record} />
      </Stack>
    </Panel>
  );
}
