import { Button, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Empty } from '../ui/empty.tsx';
import { useFrameTexts } from './strings.ts';

interface ScreenGuardProps {
  /** Where the reader is: another place is shown anew. */
  readonly place: string;
  readonly children: ReactNode;
}

/** What browsers say of a screen whose file they could not load. */
const NOT_LOADED = /dynamically imported module|Importing a module script failed|Unable to preload/i;

function Broken({ reason }: { readonly reason: string }) {
  const t = useFrameTexts();
  return (
    <Empty title={t('broken')}>
      <Text c="dimmed">{NOT_LOADED.test(reason) ? t('notLoaded') : reason}</Text>
      <Button variant="default" onClick={() => location.reload()}>
        {t('loadAgain')}
      </Button>
    </Empty>
  );
}

interface ScreenGuardState {
  readonly place: string;
  /** Why it cannot be shown; `null` where it can. */
  readonly reason: string | null;
}

/** Keeps a screen that cannot be shown, or loaded, from taking the whole console with it. */
export class ScreenGuard extends Component<ScreenGuardProps, ScreenGuardState> {
  override readonly state: ScreenGuardState = { place: this.props.place, reason: null };

  static getDerivedStateFromError(error: unknown): Partial<ScreenGuardState> {
    return { reason: error instanceof Error ? error.message : String(error) };
  }

  static getDerivedStateFromProps(
    { place }: ScreenGuardProps,
    state: ScreenGuardState,
  ): ScreenGuardState | null {
    return place === state.place ? null : { place, reason: null };
  }

  override render(): ReactNode {
    return this.state.reason === null ? this.props.children : <Broken reason={this.state.reason} />;
  }
}
