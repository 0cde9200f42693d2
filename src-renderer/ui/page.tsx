import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import styles from './page.module.css';
import { hasMoved } from './place.ts';

interface PageProps {
  readonly title: string;
  /** The list that this is one of. */
  readonly back?: { readonly href: string; readonly label: string };
  /** One sentence beneath the title. */
  readonly summary?: ReactNode;
  /** Buttons at the right. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A screen: its heading, its actions and what it shows. */
export function Page({ title, back, summary, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · AIProxy`;
  }, [title]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Where what had the focus is gone, such as the form in which this was made, one reads on here.
    if (hasMoved() && document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <Stack gap="lg" className={styles.page}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          {back !== undefined && (
            <Anchor component={Link} href={back.href} size="sm" className={styles.back}>
              <IconArrowLeft size={14} aria-hidden />
              {back.label}
            </Anchor>
          )}
          <Title ref={heading} tabIndex={-1} order={1} size="h2" className={styles.title}>
            {title}
          </Title>
          {summary !== undefined && (
            <Text component="div" c="dimmed">
              {summary}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
