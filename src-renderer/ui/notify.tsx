import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** How long a message with a way back stays. */
const UNDO_MS = 10_000;

/** Says that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal' });
}

/** Says that something failed, and why. */
export function notifyFailed(title: string, message: string): void {
  notifications.show({ title, message, color: 'red', autoClose: UNDO_MS });
}

/** Says that something was done, with a button that takes it back. */
export function notifyUndoable(
  message: string,
  undo: { readonly label: string; readonly run: () => void },
): void {
  const id = notifications.show({
    color: 'teal',
    autoClose: UNDO_MS,
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
