import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { System } from '../../../src-main/contract/document.ts';
import { mergePatch } from '../../api/merge-patch.ts';
import { type SystemRecord, useWriteSystem, type VersionedSystem } from '../../api/system.ts';
import { type Check, useContractRules } from '../../ui/contract-rules.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useSave } from '../../ui/use-save.ts';
import { fieldPaths, placedIssues, withoutEmpty } from './form-paths.ts';

type Members = Readonly<Record<string, unknown>>;

const isSame = (one: Members, other: Members): boolean => JSON.stringify(one) === JSON.stringify(other);

function errorsOf(values: Members, check: Check): Record<string, string> {
  const issues = Object.entries(check(withoutEmpty(values))).map(([path, message]) => ({ path, message }));
  return placedIssues(issues, fieldPaths(values)).errors;
}

/**
 * A form of some of the program's settings.
 * @param stored the settings as they were read last
 * @param valuesOf picks what the form shows; `''` and `undefined` stand for what is not set
 */
export function useSettingsForm<V extends Record<string, unknown>>(
  stored: VersionedSystem,
  valuesOf: (record: SystemRecord) => V,
) {
  const t = useCommonTexts();
  const [base, setBase] = useState(stored);
  const check = useContractRules(System);
  const form = useForm<V>({
    initialValues: valuesOf(stored.record),
    validate: (values) => errorsOf(values, check),
  });
  const { mutateAsync, isPending } = useWriteSystem();

  const adopt = (next: VersionedSystem): void => {
    const values = valuesOf(next.record);
    form.setInitialValues(values);
    form.setValues(values);
    form.resetDirty(values);
    form.clearErrors();
    setBase(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed in is asked when something new was read
  useEffect(() => {
    if (stored.etag === base.etag) return;
    if (!form.isDirty()) adopt(stored);
    // Somebody changed other settings than these: no reason to stop whoever types here.
    else if (isSame(valuesOf(stored.record), valuesOf(base.record))) setBase(stored);
  }, [stored.etag, base.etag]);

  const saving = useSave<VersionedSystem>({
    write: (patch, etag) => mutateAsync({ patch, etag }),
    onIssues(issues) {
      const { errors, elsewhere } = placedIssues(issues, fieldPaths(form.getValues()));
      form.setErrors(errors);
      return elsewhere;
    },
    onSaved(saved) {
      adopt(saved);
      notifyDone(t('saved'));
    },
  });
  const submit = form.onSubmit((values) => {
    const before = withoutEmpty(valuesOf(base.record));
    return saving.send(mergePatch(before, withoutEmpty(values)), base.etag);
  });
  return { form, submit, adopt, saving, isBusy: isPending };
}
