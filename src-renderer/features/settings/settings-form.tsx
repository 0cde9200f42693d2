import { Alert, Button, Group, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { useStatus } from '../../api/program-queries.ts';
import { type SystemRecord, useSystem, type VersionedSystem } from '../../api/system.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Conflict } from '../../ui/conflict.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUnsaved } from '../../ui/unsaved.ts';
import { useSettingNames } from './setting-names.ts';
import { useSettingsForm } from './use-settings-form.ts';

interface SettingsFormProps<V> {
  /** What the form shows of the settings; `''` and `undefined` stand for what is not set. */
  readonly valuesOf: (record: SystemRecord) => V;
  readonly children: (form: UseFormReturnType<V>) => ReactNode;
}

type LoadedFormProps<V> = SettingsFormProps<V> & { readonly stored: VersionedSystem };

function LoadedForm<V extends Record<string, unknown>>({ stored, valuesOf, children }: LoadedFormProps<V>) {
  const t = useCommonTexts();
  const names = useSettingNames();
  const isReadOnly = (useStatus().data?.read_only ?? null) !== null;
  const { form, submit, adopt, saving, isBusy } = useSettingsForm(stored, valuesOf);
  const { refusal, conflict, saveMine, forgetConflict } = saving;
  useUnsaved(form.isDirty());
  const useTheirs = (): void => {
    if (conflict !== null) adopt(conflict.theirs);
    forgetConflict();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {children(form)}
        {refusal !== null && (
          <Alert color="red" variant="light" role="alert">
            {refusal}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={isBusy} disabled={isReadOnly || !form.isDirty()}>
            {t('save')}
          </Button>
          {form.isDirty() && (
            <Button variant="subtle" color="gray" onClick={() => adopt(stored)}>
              {t('discard')}
            </Button>
          )}
        </Group>
      </Stack>
      <Conflict
        theirs={conflict?.theirs.record ?? null}
        mine={conflict?.mine ?? {}}
        fieldNames={names}
        isBusy={isBusy}
        onUseTheirs={useTheirs}
        onUseMine={() => void saveMine()}
        onClose={forgetConflict}
      />
    </form>
  );
}

/** A form of some of the program's settings, saved together. */
export function SettingsForm<V extends Record<string, unknown>>(props: SettingsFormProps<V>) {
  const system = useSystem();
  return (
    <AnswerView query={system} lines={6}>
      {(stored) => <LoadedForm {...props} stored={stored} />}
    </AnswerView>
  );
}
