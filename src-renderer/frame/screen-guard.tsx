import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Empty } from '../ui/empty.tsx';
import { useFrameTexts } from './strings.ts';

interface ScreenGuardProps {
  /** Where the reader is: another place is shown anew. */
  readonly place: string;
  readonly children: ReactNode;
}

function Broken() {
  const t = useFrameTexts();
  return (
    <Empty title={t('broken')}>
      <Button variant="default" onClick={() => location.reload()}>
        {t('loadAgain')}
      </Button>
    </Empty>
  );
}

interface ScreenGuardState {
  readonly place: string;
  readonly isBroken: boolean;
}

/** Keeps a screen that cannot be shown, or loaded, from taking the whole console with it. */
export class ScreenGuard extends Component<ScreenGuardProps, ScreenGuardState> {
  override readonly state: ScreenGuardState = { place: this.props.place, isBroken: false };

  static getDerivedStateFromError(): Partial<ScreenGuardState> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps(
    { place }: ScreenGuardProps,
    state: ScreenGuardState,
  ): ScreenGuardState | null {
    return place === state.place ? null : { place, isBroken: false };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}
