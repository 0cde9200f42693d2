import { Burger, Drawer, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { useLocation } from 'wouter';
import { desktop } from '../api/desktop.ts';
import type { ProgramFacts } from '../features/sign-in/sign-in.tsx';
import { useCommonTexts } from '../ui/strings.ts';
import { leaveFor } from '../ui/unsaved.ts';
import { Footing } from './footing.tsx';
import styles from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { RunState } from './run-state.tsx';
import { StandingNotes } from './standing-notes.tsx';
import { useFrameTexts } from './strings.ts';

interface FrameProps {
  readonly facts: ProgramFacts;
  /** `null` where there is nothing to sign out of. */
  readonly onSignOut: (() => void) | null;
  readonly children: ReactNode;
}

function Brand() {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src="/docs/favicon.svg" alt="" width={24} height={24} />
      <Text fw={700}>AIProxy</Text>
    </Group>
  );
}

/** What stands around every screen: the way to the others, and whether AIProxy runs. */
export function Frame({ facts, onSignOut, children }: FrameProps) {
  const t = useFrameTexts();
  const common = useCommonTexts();
  const [isMenuOpen, menu] = useDisclosure(false);
  const [, navigate] = useLocation();
  useEffect(() => desktop?.onShow((path) => leaveFor(() => navigate(path))), [navigate]);
  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.bar}>
        <Burger opened={isMenuOpen} onClick={menu.toggle} size="sm" aria-label={t('menu')} />
        <Brand />
        <RunState />
      </header>
      <aside className={styles.side}>
        <div className={styles.brand}>
          <Brand />
          <RunState />
        </div>
        <Navigation />
        <Footing version={facts.version} onSignOut={onSignOut} />
      </aside>
      <Drawer
        opened={isMenuOpen}
        onClose={menu.close}
        title={<Brand />}
        size="xs"
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Navigation onGo={menu.close} />
        <Footing version={facts.version} onSignOut={onSignOut} />
      </Drawer>
      <main id="content" className={styles.content} tabIndex={-1}>
        <StandingNotes />
        {children}
      </main>
    </div>
  );
}
