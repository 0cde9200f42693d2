import { Button, Group, Switch, Text, Tooltip } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import styles from './live-bar.module.css';
import { useRequestTexts } from './strings.ts';
import type { LiveTail } from './use-live-tail.ts';

interface LiveSwitchProps {
  readonly tail: LiveTail;
  readonly isOn: boolean;
  /** Whether new requests can belong to what is shown. */
  readonly isPossible: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** Whether new requests are shown as they end, and how many are under way. */
export function LiveSwitch({ tail, isOn, isPossible, onChange }: LiveSwitchProps) {
  const t = useRequestTexts();
  const { isConnected, open } = tail;
  return (
    <Group gap="sm">
      {isOn && (
        <Text size="sm" c="dimmed" role="status">
          {isConnected ? open !== null && t('underWay', { count: open }) : t('connecting')}
        </Text>
      )}
      <Tooltip label={isPossible ? t('liveHint') : t('livePast')}>
        <Switch
          label={t('live')}
          checked={isOn}
          disabled={!isPossible}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      </Tooltip>
    </Group>
  );
}

interface LiveNotesProps {
  readonly tail: LiveTail;
  readonly onReadAgain: () => void;
}

/** What came in while the reader read on, and what could not be shown. */
export function LiveNotes({ tail: { live, release }, onReadAgain }: LiveNotesProps) {
  const t = useRequestTexts();
  const toTop = (): void => {
    release();
    window.scrollTo({ top: 0 });
  };
  return (
    <>
      {live.heldCount > 0 && (
        <div className={styles.news}>
          <Button radius="xl" size="compact-md" leftSection={<IconArrowUp size={16} />} onClick={toTop}>
            {t('news', { count: live.heldCount })}
          </Button>
        </div>
      )}
      {(live.skipped > 0 || live.isCut) && (
        <Group gap="sm" fz="sm" c="dimmed" role="status">
          {live.skipped > 0 ? t('skipped', { count: live.skipped }) : t('cut')}
          <Button size="compact-xs" variant="default" onClick={onReadAgain}>
            {t('readAgain')}
          </Button>
        </Group>
      )}
    </>
  );
}
