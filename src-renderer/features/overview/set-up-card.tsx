import { Button, Group, Progress, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Setup } from '../../api/setup.ts';
import { Panel } from '../../ui/panel.tsx';
import { useOverviewTexts } from './strings.ts';

const STEPS = 3;

/** The way back to the first steps, until all of them are done. */
export function SetUpCard({ setup: { done } }: { readonly setup: Setup }) {
  const t = useOverviewTexts();
  if (done === STEPS) return null;
  const action = (
    <Button component={Link} href="/welcome" size="xs">
      {t('goOn')}
    </Button>
  );
  return (
    <Panel title={t('setUp')} actions={action}>
      <Group justify="space-between" mb={6}>
        <Text size="sm" c="dimmed">
          {t('setUpHint')}
        </Text>
        <Text size="sm">{t('setUpDone', { done })}</Text>
      </Group>
      <Progress value={(done / STEPS) * 100} aria-label={t('setUp')} />
    </Panel>
  );
}
