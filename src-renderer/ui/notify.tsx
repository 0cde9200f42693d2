import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { desktop } from '../api/desktop.ts';
import { texts } from './language.ts';

/** How long a message with a way back stays. */
const UNDO_MS = 10_000;

/** What closes a message, for readers who do not see it. */
const closing = () => ({ 'aria-label': texts.t('close', { ns: 'common' }) });

/** Says it outside the window too, where one is and another one has the attention: a backup may take its time. */
function notifyOutside(title: string, body: string): void {
  if (desktop !== null && !document.hasFocus()) void desktop.notify({ title, body });
}

/** Says that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', closeButtonProps: closing() });
  notifyOutside('AIProxy', message);
}

/** Says that something failed, and why. */
export function notifyFailed(title: string, message: string): void {
  notifications.show({ title, message, color: 'red', autoClose: UNDO_MS, closeButtonProps: closing() });
  notifyOutside(title, message);
}

/** Says that something was done, with a button that takes it back. */
export function notifyUndoable(
  message: string,
  undo: { readonly label: string; readonly run: () => void },
): void {
  const id = notifications.show({
    color: 'teal',
    autoClose: UNDO_MS,
    closeButtonProps: closing(),
    message: (
      <Group justify="space-between">
        {message}
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo.run();
          }}
        >
          {undo.label}
        </Button>
      </Group>
    ),
  });
}
