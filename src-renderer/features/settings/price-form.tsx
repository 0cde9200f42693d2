import { NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Price, PriceId } from '../../../src-main/contract/price.ts';
import type { Versioned } from '../../api/records.ts';
import { EditDrawer } from '../../ui/edit-drawer.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { RecordSelect } from '../../ui/record-select.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useRecordSave } from '../../ui/use-record-save.ts';
import { fieldPaths, placedIssues, withoutEmpty } from './form-paths.ts';
import { PriceConflict } from './price-conflict.tsx';
import { usePriceTexts } from './price-strings.ts';

const AMOUNTS = ['input', 'output', 'cached_input', 'characters', 'seconds', 'request'] as const;
type Amount = (typeof AMOUNTS)[number];

type PriceValues = Record<Amount, number | ''> & {
  id: string;
  model: string;
  channel: string;
  currency: string;
};

const EntrySchema = Price.extend({ id: PriceId });

function valuesOf(stored: Versioned<'prices'> | null): PriceValues {
  const price: Price = stored?.record ?? {};
  const { model = '', channel = '', currency = '' } = price;
  const amount = (name: Amount): number | '' => price[name] ?? '';
  return {
    id: stored?.record.id ?? '',
    model,
    channel,
    currency,
    input: amount('input'),
    output: amount('output'),
    cached_input: amount('cached_input'),
    characters: amount('characters'),
    seconds: amount('seconds'),
    request: amount('request'),
  };
}

function errorsOf(values: PriceValues): Record<string, string> {
  const parsed = EntrySchema.safeParse(withoutEmpty(values));
  if (parsed.success) return {};
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return placedIssues(issues, fieldPaths(values)).errors;
}

interface PriceFormProps {
  /** `null` for a new one. */
  readonly stored: Versioned<'prices'> | null;
  readonly onClose: () => void;
}

/** The form of one price. */
export function PriceForm({ stored, onClose }: PriceFormProps) {
  const t = usePriceTexts();
  const required = useCommonTexts()('requiredField');
  const form = useForm<PriceValues>({
    initialValues: valuesOf(stored),
    validate: (values) => (values.id === '' ? { id: required } : errorsOf(values)),
  });
  const saving = useRecordSave({
    resource: 'prices',
    stored,
    onIssues(issues) {
      const { errors, elsewhere } = placedIssues(issues, fieldPaths(form.getValues()));
      form.setErrors(errors);
      return elsewhere;
    },
    onSaved() {
      notifyDone(t('saved'));
      onClose();
    },
  });
  const submit = form.onSubmit((values) => {
    const before = stored === null ? {} : withoutEmpty(valuesOf(stored));
    return saving.save(before, withoutEmpty(values));
  });
  return (
    <EditDrawer
      isOpen
      title={stored === null ? t('add') : t('edit', { id: stored.record.id })}
      isDirty={form.isDirty()}
      isBusy={saving.isBusy}
      refusal={saving.refusal}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('id')}
        description={t('idHint')}
        required
        disabled={stored !== null}
        {...form.getInputProps('id')}
      />
      <TextInput label={t('model')} {...form.getInputProps('model')} />
      <RecordSelect
        resource="channels"
        label={t('channel')}
        placeholder={t('anyChannel')}
        clearable
        {...form.getInputProps('channel')}
      />
      {AMOUNTS.map((name) => (
        <NumberInput key={name} label={t(name)} min={0} {...form.getInputProps(name)} />
      ))}
      <TextInput
        label={t('currency')}
        description={t('currencyHint')}
        placeholder="USD"
        {...form.getInputProps('currency')}
      />
      <PriceConflict saving={saving} onClose={onClose} />
    </EditDrawer>
  );
}
