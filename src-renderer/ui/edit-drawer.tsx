import { Alert, Button, Drawer, Group, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useIsReadOnly } from '../api/program-queries.ts';
import { Ask } from './ask.tsx';
import styles from './edit-drawer.module.css';
import { useCommonTexts } from './strings.ts';
import { useLeavingAsked, useUnsaved } from './unsaved.ts';

interface EditDrawerProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** Whether something was entered that is not saved. */
  readonly isDirty: boolean;
  readonly isBusy: boolean;
  /** What the server refused as a whole; what it refused at a field stands there. */
  readonly refusal?: string | null;
  readonly action?: string;
  /** Beside Save, such as a test. */
  readonly moreActions?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form at the side of its list. Nothing that was entered goes without being asked. */
export function EditDrawer({
  isOpen,
  title,
  isDirty,
  isBusy,
  refusal = null,
  children,
  ...more
}: EditDrawerProps) {
  const t = useCommonTexts();
  const isReadOnly = useIsReadOnly();
  const [isAsking, setIsAsking] = useState(false);
  useUnsaved(isOpen && isDirty);
  // An Escape answers the question above, and asks no other one.
  const isLeavingAsked = useLeavingAsked();
  const close = (): void => {
    if (!isDirty) more.onClose();
    // Later, because the Escape that asks would go on to the question and answer it.
    else setTimeout(setIsAsking, 0, true);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    more.onSubmit();
  };
  const discard = (): void => {
    setIsAsking(false);
    more.onClose();
  };
  return (
    <>
      <Drawer
        opened={isOpen}
        onClose={close}
        closeOnEscape={!isAsking && !isLeavingAsked}
        title={title}
        position="right"
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form onSubmit={submit} noValidate>
          <Stack>
            {children}
            {refusal !== null && (
              <Alert color="red" variant="light" role="alert">
                {refusal}
              </Alert>
            )}
            <Group justify="flex-end" className={styles.actions}>
              {more.moreActions}
              <Button variant="default" onClick={close}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={isBusy} disabled={isReadOnly}>
                {more.action ?? t('save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Drawer>
      <Ask
        isOpen={isAsking}
        title={t('discard')}
        action={t('discard')}
        onAction={discard}
        onClose={() => setIsAsking(false)}
      >
        {t('discardAsk')}
      </Ask>
    </>
  );
}
