import { Button, Group, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { Panel } from '../../ui/panel.tsx';
import { useWelcomeTexts } from './strings.ts';
import styles from './welcome.module.css';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly hint: string;
  readonly isDone: boolean;
  /** What there is, in place of the hint once it is done. */
  readonly result: string;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}

/** One of the first steps: closed it says how it stands, open it says what to do. */
export function Step({ number, title, hint, isDone, result, isOpen, onOpen, children }: StepProps) {
  const t = useWelcomeTexts();
  const id = useId();
  return (
    <Panel>
      <section className={styles.step} aria-labelledby={id}>
        <span className={styles.number} data-done={isDone}>
          {isDone ? <IconCheck size={20} role="img" aria-label={t('done')} /> : number}
        </span>
        <div className={styles.body}>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Title order={2} size="h4" id={id}>
                {title}
              </Title>
              <Text size="sm" c="dimmed">
                {isDone && !isOpen ? result : hint}
              </Text>
            </div>
            {!isOpen && (
              <Button
                size="xs"
                variant="default"
                flex="none"
                onClick={onOpen}
                aria-label={`${t('open')}: ${title}`}
              >
                {t('open')}
              </Button>
            )}
          </Group>
          {isOpen && children}
        </div>
      </section>
    </Panel>
  );
}
