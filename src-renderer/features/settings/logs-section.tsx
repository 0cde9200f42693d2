import { NumberInput, Radio, Select, Stack, Text } from '@mantine/core';
import type { SystemRecord } from '../../api/system.ts';
import { HAS_EFFECT } from '../../ui/has-effect.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './settings.module.css';
import { SettingsForm } from './settings-form.tsx';
import { useSettingsTexts } from './strings.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const ZONES = Intl.supportedValuesOf('timeZone');

/** Those the browser knows, UTC and the one that is set: some are known by several names. */
const zonesWith = (current: string): string[] => [...new Set(['UTC', current, ...ZONES])].filter(Boolean);

const MOST_SHOWN = 100;

const valuesOf = (system: SystemRecord) => ({
  log_level: system.log_level ?? '',
  log_retention_days: system.log_retention_days ?? '',
  time_zone: system.time_zone ?? '',
  records: { bodies: system.records?.bodies ?? '' },
});

/** What is written down, for how long, and what never is. */
export function LogsSection() {
  const t = useSettingsTexts();
  return (
    <SettingsForm valuesOf={valuesOf}>
      {(form) => (
        <>
          <Panel title={t('logging')}>
            <div className={styles.fields}>
              <Select
                label={t('logLevel')}
                placeholder={t('info')}
                data={LEVELS.map((level) => ({ value: level, label: t(level) }))}
                {...form.getInputProps('log_level')}
                value={form.getValues().log_level || null}
                onChange={(level) => form.setFieldValue('log_level', level ?? '')}
              />
              <NumberInput
                label={t('retention')}
                description={t('retentionHint')}
                placeholder="30"
                min={1}
                max={3650}
                allowDecimal={false}
                {...form.getInputProps('log_retention_days')}
              />
              <Select
                label={t('timeZone')}
                placeholder={t('timeZoneDefault')}
                data={zonesWith(form.getValues().time_zone)}
                limit={MOST_SHOWN}
                searchable
                clearable
                {...form.getInputProps('time_zone')}
                value={form.getValues().time_zone || null}
                onChange={(zone) => form.setFieldValue('time_zone', zone ?? '')}
              />
            </div>
          </Panel>
          {HAS_EFFECT.bodies && (
            <Panel title={t('bodies')}>
              <Stack gap="sm">
                <Text size="sm">{t('bodiesText')}</Text>
                <Radio.Group aria-label={t('bodies')} {...form.getInputProps('records.bodies')}>
                  <Stack gap="xs">
                    <Radio value="never" label={t('bodiesNever')} />
                    <Radio value="allowed" label={t('bodiesAllowed')} />
                  </Stack>
                </Radio.Group>
                {form.getValues().records.bodies === '' && (
                  <Text size="sm" c="dimmed">
                    {t('bodiesUnasked')}
                  </Text>
                )}
              </Stack>
            </Panel>
          )}
        </>
      )}
    </SettingsForm>
  );
}
