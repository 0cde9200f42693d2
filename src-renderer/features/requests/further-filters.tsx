import { Select } from '@mantine/core';
import { ERROR_STATUS } from '../../../src-main/contract/errors.ts';
import { PROTOCOLS } from '../../../src-main/contract/request-record.ts';
import { useKnownValues } from '../../api/known-values.ts';
import { useOutcomeTexts } from '../../ui/outcome-strings.ts';
import { RecordSelect } from '../../ui/record-select.tsx';
import styles from './filter-bar.module.css';
import { filterOf } from './request-filter.ts';
import { useRequestTexts } from './strings.ts';
import { TextFilter } from './text-filter.tsx';
import type { LogState } from './use-log-address.ts';

interface FurtherFiltersProps {
  readonly state: LogState;
  readonly isShown: boolean;
}

const OWN_CODES = Object.keys(ERROR_STATUS);

/** Filters that are seldom needed, with what was used lately as suggestions. */
export function FurtherFilters({ state: { address, change }, isShown }: FurtherFiltersProps) {
  const t = useRequestTexts();
  const protocols = useOutcomeTexts();
  const models = useKnownValues('models', isShown);
  const endpoints = useKnownValues('endpoints', isShown);
  const codes = useKnownValues('errors', isShown);
  const isWrong = address.status !== '' && filterOf(address).status === undefined;
  const text = (name: 'model' | 'endpoint' | 'status' | 'error_code') => ({
    value: address[name],
    placeholder: t('any'),
    onChange: (value: string) => change({ [name]: value }),
  });
  return (
    <div className={`${styles.fields} ${styles.further}`}>
      <RecordSelect
        resource="proxy-keys"
        label={t('key')}
        placeholder={t('any')}
        value={address.key_id}
        onChange={(key_id) => change({ key_id })}
        clearable
      />
      <TextFilter label={t('model')} {...text('model')} suggestions={models} />
      <TextFilter label={t('endpoint')} {...text('endpoint')} suggestions={endpoints} />
      <Select
        label={t('protocol')}
        placeholder={t('any')}
        data={PROTOCOLS.map((value) => ({ value, label: protocols(value) }))}
        value={address.protocol === '' ? null : address.protocol}
        onChange={(value) => change({ protocol: value ?? '' })}
        clearable
      />
      <TextFilter label={t('status')} {...text('status')} error={isWrong ? t('statusWrong') : null} />
      <TextFilter
        label={t('errorCode')}
        {...text('error_code')}
        suggestions={[...new Set([...codes, ...OWN_CODES])]}
      />
    </div>
  );
}
