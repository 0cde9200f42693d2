import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCommonTexts } from './strings.ts';

interface AskProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What will happen, in plain words. */
  readonly children: ReactNode;
  /** What the button that does it says: the deed, not "OK". */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  /** Whether it stands above dialogs that were opened later. */
  readonly isAbove?: boolean;
  readonly onAction: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done that cannot be undone. */
export function Ask({
  isOpen,
  title,
  children,
  action,
  isDangerous = true,
  isBusy = false,
  isAbove = false,
  ...on
}: AskProps) {
  const t = useCommonTexts();
  return (
    <Modal
      opened={isOpen}
      onClose={on.onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      {...(isAbove ? { zIndex: 300 } : {})}
    >
      <Stack>
        <div>{children}</div>
        <Group justify="flex-end">
          <Button variant="default" onClick={on.onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button {...(isDangerous ? { color: 'red' } : {})} loading={isBusy} onClick={on.onAction}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
