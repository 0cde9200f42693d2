import { NumberInput, TextInput } from '@mantine/core';
import { Price, PriceId } from '../../../src-main/contract/price.ts';
import type { Versioned } from '../../api/records.ts';
import { useContractRules } from '../../ui/contract-rules.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { RecordDrawer } from '../../ui/record-drawer.tsx';
import { RecordSelect } from '../../ui/record-select.tsx';
import { useRecordForm } from '../../ui/use-record-form.ts';
import { withoutEmpty } from './form-paths.ts';
import { usePriceTexts } from './price-strings.ts';

const AMOUNTS = ['input', 'output', 'cached_input', 'characters', 'seconds', 'request'] as const;
const MEMBERS = ['model', 'channel', 'currency', ...AMOUNTS] as const;
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

interface PriceFormProps {
  /** `null` for a new one. */
  readonly stored: Versioned<'prices'> | null;
  readonly onClose: () => void;
  /** Begins anew with the price as somebody else has stored it. */
  readonly onReload: (theirs: Versioned<'prices'>) => void;
}

/** The form of one price. */
export function PriceForm({ stored, onClose, onReload }: PriceFormProps) {
  const t = usePriceTexts();
  const check = useContractRules(EntrySchema);
  const { form, submit, ...saving } = useRecordForm({
    resource: 'prices',
    stored,
    initialValues: valuesOf(stored),
    recordOf: (values) => withoutEmpty(values),
    check,
    fields: ['id', ...MEMBERS],
    onSaved() {
      notifyDone(t('saved'));
      onClose();
    },
  });
  return (
    <RecordDrawer
      title={stored === null ? t('add') : t('edit', { id: stored.record.id })}
      isDirty={form.isDirty()}
      saving={saving}
      fieldNames={Object.fromEntries(MEMBERS.map((name) => [name, t(name)]))}
      onSubmit={submit}
      onClose={onClose}
      onReload={onReload}
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
    </RecordDrawer>
  );
}
