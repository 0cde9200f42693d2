import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';

interface FigureTileProps {
  readonly label: string;
  readonly value: ReactNode;
  /** A second, smaller line. */
  readonly note?: ReactNode;
}

/** One figure with its name. */
export function FigureTile({ label, value, note }: FigureTileProps) {
  return (
    <Panel>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xl" fw={600}>
        {value}
      </Text>
      {note !== undefined && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </Panel>
  );
}
