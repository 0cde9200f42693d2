import { Drawer, Text, UnstyledButton } from '@mantine/core';
import { usePlatforms } from '../../api/program-queries.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { DESCRIBED, type PlatformFacts } from './platform-facts.ts';
import { PlatformMark } from './platform-mark.tsx';
import styles from './platform-picker.module.css';
import { usePlatformTexts } from './platform-strings.ts';

interface PlatformPickerProps {
  readonly isOpen: boolean;
  readonly onPick: (platform: PlatformFacts) => void;
  readonly onClose: () => void;
}

interface PlatformCardProps extends Pick<PlatformPickerProps, 'onPick'> {
  readonly platform: PlatformFacts;
  readonly isFirst: boolean;
}

function PlatformCard({ platform, isFirst, onPick }: PlatformCardProps) {
  const t = usePlatformTexts();
  const described = DESCRIBED.find((id) => id === platform.id);
  return (
    <UnstyledButton
      className={styles.card}
      onClick={() => onPick(platform)}
      data-autofocus={isFirst || undefined}
    >
      <PlatformMark platform={platform.id} />
      <div>
        <Text fw={600}>{platform.label}</Text>
        {described !== undefined && (
          <Text size="sm" c="dimmed">
            {t(described)}
          </Text>
        )}
      </div>
    </UnstyledButton>
  );
}

/** The platforms, to choose one that a new channel leads to. */
export function PlatformPicker({ isOpen, onPick, onClose }: PlatformPickerProps) {
  const t = usePlatformTexts();
  const common = useCommonTexts();
  const platforms = usePlatforms();
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      title={t('pickTitle')}
      position="right"
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Text mb="sm">{t('pickText')}</Text>
      <AnswerView query={platforms} lines={6}>
        {(all) => (
          <ul className={styles.cards}>
            {all.map((platform, at) => (
              <li key={platform.id}>
                <PlatformCard platform={platform} isFirst={at === 0} onPick={onPick} />
              </li>
            ))}
          </ul>
        )}
      </AnswerView>
    </Drawer>
  );
}
