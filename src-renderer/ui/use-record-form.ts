import { type UseFormReturnType, useForm } from '@mantine/form';
import { useState } from 'react';
import type { Resource, Versioned } from '../api/records.ts';
import type { Check } from './contract-rules.ts';
import { refusedFields } from './field-errors.ts';
import { useFocusOnRefusal } from './use-focus-on-refusal.ts';
import { useRecordSave } from './use-record-save.ts';

type Members = Readonly<Record<string, unknown>>;

interface RecordFormOptions<R extends Resource, V extends object> {
  readonly resource: R;
  /** `null` makes a new record. */
  readonly stored: Versioned<R> | null;
  readonly initialValues: V;
  /** The record that values describe. */
  readonly recordOf: (values: V) => Members;
  readonly check: Check;
  /** The paths that have a field. */
  readonly fields: readonly string[];
  readonly onSaved: (saved: Versioned<R>) => void;
}

/** The form of a record, checked by its contract before it is sent, and saved as what was changed in it. */
export function useRecordForm<R extends Resource, V extends object>(options: RecordFormOptions<R, V>) {
  const { recordOf, check, fields } = options;
  // As it was opened: what is read again meanwhile would otherwise pass for what this person has seen and changed.
  const [{ stored, initialValues }] = useState(options);
  const form: UseFormReturnType<V> = useForm<V>({
    initialValues,
    validate: (values) => check(recordOf(values)),
  });
  const focusOnRefusal = useFocusOnRefusal();
  const { save, ...saving } = useRecordSave({
    resource: options.resource,
    stored,
    onIssues: (issues) => {
      const { errors, elsewhere } = refusedFields(issues, fields);
      form.setErrors(errors);
      focusOnRefusal();
      return elsewhere;
    },
    onSaved: options.onSaved,
  });
  const before = stored === null ? {} : recordOf(initialValues);
  const submit = form.onSubmit((values) => void save(before, recordOf(values)), focusOnRefusal);
  return { form, submit, ...saving };
}
