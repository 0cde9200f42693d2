import { useState } from 'react';
import { ApiFailure } from '../../api/failure.ts';
import type { RecordOf } from '../../api/records.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { refusedFields } from '../../ui/field-errors.ts';
import { useFormTest } from './channel-test.ts';
import { FIELDS } from './form-fields.ts';
import type { ChannelFormState } from './use-channel-form.ts';

interface TestInFormOptions {
  readonly form: ChannelFormState;
  readonly record: RecordOf<'channels'> | null;
  readonly unfold: (paths: readonly string[]) => void;
}

/** The route tells places below the `channel` that was sent. */
const inChannel = (path: string): string => path.replace(/^channel\.?/, '');

/** Testing what stands in a form; a refusal stands at its field, as with saving. */
export function useTestInForm({ form, record, unfold }: TestInFormOptions) {
  const failureText = useFailureText();
  const test = useFormTest(record);
  const [refusal, setRefusal] = useState<string | null>(null);
  const failed = (error: unknown): void => {
    const issues = error instanceof ApiFailure ? error.issues : [];
    if (issues.length === 0) {
      setRefusal(failureText(error));
      return;
    }
    const placed = issues.map(({ path, message }) => ({ path: inChannel(path), message }));
    const { errors, elsewhere } = refusedFields(placed, FIELDS);
    form.setErrors(errors);
    unfold(Object.keys(errors));
    setRefusal(elsewhere.map(({ message }) => message).join('\n') || null);
  };
  const run = (): void => {
    setRefusal(null);
    const { hasErrors, errors } = form.validate();
    if (hasErrors) {
      test.reset();
      unfold(Object.keys(errors));
    } else test.mutate(form.values, { onError: failed });
  };
  return { run, result: test.data ?? null, refusal, isBusy: test.isPending };
}
