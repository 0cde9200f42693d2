import { useState } from 'react';
import type { FieldIssue } from '../../api/failure.ts';
import type { Versioned } from '../../api/records.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { refusedFields } from '../../ui/field-errors.ts';
import { useRecordSave } from '../../ui/use-record-save.ts';
import { revealKeys } from './channel-test.ts';
import { type ChannelValues, membersOf, valuesOf } from './channel-values.ts';
import { FIELDS } from './form-fields.ts';
import { keyMembers, keysChanged, maskedKeys, needsStored, wholeKeys } from './key-rows.ts';
import type { ChannelFormState } from './use-channel-form.ts';

interface ChannelSaveOptions {
  readonly form: ChannelFormState;
  readonly stored: Versioned<'channels'> | null;
  /** Brings the fields of these paths into sight. */
  readonly unfold: (paths: readonly string[]) => void;
  readonly onSaved: (saved: Versioned<'channels'>) => void;
}

/** The keys as they are sent: those that stay, read in full where the list is written anew. */
async function sentKeys(
  { keys }: ChannelValues,
  stored: Versioned<'channels'> | null,
): Promise<readonly string[]> {
  const record = stored?.record ?? {};
  if (!keysChanged(keys, record)) return maskedKeys(keys);
  const full = needsStored(keys, record) && stored !== null ? await revealKeys(stored.record.id) : [];
  return wholeKeys(keys, full);
}

/** The stored channel as its form took it. */
function before(stored: Versioned<'channels'> | null): Readonly<Record<string, unknown>> {
  if (stored === null) return {};
  const values = valuesOf(stored.record);
  return { ...membersOf(values), ...keyMembers(maskedKeys(values.keys)) };
}

/** Saving a channel's form: checked here first, and what the server refuses stands at its field. */
export function useChannelSave({ form, stored, unfold, onSaved }: ChannelSaveOptions) {
  const failureText = useFailureText();
  const [keyFailure, setKeyFailure] = useState<string | null>(null);
  const onIssues = (issues: readonly FieldIssue[]): readonly FieldIssue[] => {
    const { errors, elsewhere } = refusedFields(issues, FIELDS);
    form.setErrors(errors);
    unfold(Object.keys(errors));
    return elsewhere;
  };
  const { save, ...saving } = useRecordSave({ resource: 'channels', stored, onIssues, onSaved });

  const run = async (): Promise<void> => {
    setKeyFailure(null);
    const { values } = form;
    try {
      const keys = await sentKeys(values, stored);
      const id = stored === null && values.id.trim() !== '' ? { id: values.id.trim() } : {};
      await save(before(stored), { ...id, ...membersOf(values), ...keyMembers(keys) });
    } catch (error) {
      setKeyFailure(failureText(error));
    }
  };
  const submit = (): void => {
    const { hasErrors, errors } = form.validate();
    if (hasErrors) unfold(Object.keys(errors));
    else void run();
  };
  return { ...saving, refusal: keyFailure ?? saving.refusal, submit };
}
