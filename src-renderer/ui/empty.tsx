import { Center, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What to do about it. */
  readonly children?: ReactNode;
}

/** What stands where there is nothing yet, and how there will be something. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <Center py="xl">
      <Stack align="center" gap="sm">
        {icon}
        <Text fw={500}>{title}</Text>
        {children}
      </Stack>
    </Center>
  );
}
