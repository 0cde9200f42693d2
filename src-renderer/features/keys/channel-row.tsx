import { CloseButton, NumberInput, Switch, Text } from '@mantine/core';
import { useFormTexts } from './form-strings.ts';
import styles from './keys.module.css';

interface ChannelRowProps {
  readonly name: string;
  /** What keeps it from serving. */
  readonly warning: string | null;
  /** Whether there is one above it to share with. */
  readonly canShare: boolean;
  readonly isShared: boolean;
  /** `undefined` where it shares with nobody. */
  readonly weight: number | undefined;
  readonly onShare: (isShared: boolean) => void;
  readonly onWeight: (weight: number) => void;
  readonly onRemove: () => void;
}

/** A channel in the order of a key: what it is called, and whether it shares its place. */
export function ChannelRow({ name, warning, canShare, isShared, weight, ...on }: ChannelRowProps) {
  const t = useFormTexts();
  return (
    <div className={styles.row}>
      <div>
        <Text fw={500}>{name}</Text>
        {warning !== null && (
          <Text size="xs" c="orange">
            {warning}
          </Text>
        )}
        <div className={styles.share}>
          {canShare && (
            <Switch
              size="xs"
              label={t('share')}
              checked={isShared}
              onChange={({ currentTarget }) => on.onShare(currentTarget.checked)}
            />
          )}
          {weight !== undefined && (
            <NumberInput
              size="xs"
              className={styles.weight}
              aria-label={t('weightOf', { name })}
              prefix={`${t('weight')} `}
              value={weight}
              min={0}
              max={1_000_000}
              clampBehavior="blur"
              hideControls
              onChange={(next) => on.onWeight(typeof next === 'number' ? next : 1)}
            />
          )}
        </div>
      </div>
      <CloseButton size="sm" aria-label={t('removeChannel', { name })} onClick={on.onRemove} />
    </div>
  );
}
