import { Autocomplete, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { SystemRecord } from '../../api/system.ts';
import { Panel } from '../../ui/panel.tsx';
import { ListField } from './list-field.tsx';
import styles from './settings.module.css';
import { SettingsForm } from './settings-form.tsx';
import { useSettingsTexts } from './strings.ts';

interface ListenerValues extends Record<string, unknown> {
  host: string;
  port: number | '';
  tls: { cert: string; key: string };
  behind_tls: boolean | undefined;
}

interface NetworkValues extends Record<string, unknown> {
  proxy: ListenerValues;
  console: ListenerValues;
  max_connections: number | '';
  trusted_proxies: readonly string[] | undefined;
}

const HOSTS = ['localhost', '127.0.0.1', '0.0.0.0', '::'];
const DEFAULT_PORTS = { proxy: '8001', console: '8002' } as const;

const listenerOf = (listener: SystemRecord['console']): ListenerValues => ({
  host: listener?.host ?? '',
  port: listener?.port ?? '',
  tls: { cert: listener?.tls?.cert ?? '', key: listener?.tls?.key ?? '' },
  behind_tls: listener?.behind_tls,
});

const valuesOf = (system: SystemRecord): NetworkValues => ({
  proxy: listenerOf(system.proxy),
  console: listenerOf(system.console),
  max_connections: system.max_connections ?? '',
  trusted_proxies: system.trusted_proxies,
});

interface ListenerFieldsProps {
  readonly name: 'proxy' | 'console';
  readonly form: UseFormReturnType<NetworkValues>;
}

function ListenerFields({ name, form }: ListenerFieldsProps) {
  const t = useSettingsTexts();
  const behind = form.getInputProps(`${name}.behind_tls`, { type: 'checkbox' });
  return (
    <Panel title={t(name)}>
      <Stack>
        <div className={styles.fields}>
          <Autocomplete
            label={t('host')}
            description={t(name === 'proxy' ? 'hostProxyHint' : 'hostConsoleHint')}
            placeholder="localhost"
            data={HOSTS}
            filter={({ options }) => options}
            {...form.getInputProps(`${name}.host`)}
          />
          <NumberInput
            label={t('port')}
            description={t('portHint')}
            placeholder={DEFAULT_PORTS[name]}
            min={0}
            max={65_535}
            // What is too large is refused, not replaced by a port that nobody meant.
            allowDecimal={false}
            {...form.getInputProps(`${name}.port`)}
          />
          <TextInput
            label={t('cert')}
            description={t('certHint')}
            {...form.getInputProps(`${name}.tls.cert`)}
          />
          <TextInput
            label={t('tlsKey')}
            description={t('certHint')}
            {...form.getInputProps(`${name}.tls.key`)}
          />
        </div>
        <Switch
          label={t('behindTls')}
          description={t('behindTlsHint')}
          {...behind}
          checked={behind.checked === true}
          // Off is how it is where nothing is set.
          onChange={({ currentTarget }) =>
            form.setFieldValue(`${name}.behind_tls`, currentTarget.checked ? true : undefined)
          }
        />
      </Stack>
    </Panel>
  );
}

/** Where AIProxy listens, and with which certificates. */
export function NetworkSection() {
  const t = useSettingsTexts();
  return (
    <SettingsForm valuesOf={valuesOf}>
      {(form) => (
        <>
          <ListenerFields name="proxy" form={form} />
          <ListenerFields name="console" form={form} />
          <Panel title={t('connections')}>
            <div className={styles.fields}>
              <NumberInput
                label={t('maxConnections')}
                min={1}
                allowDecimal={false}
                thousandSeparator=" "
                {...form.getInputProps('max_connections')}
              />
              <ListField
                label={t('trustedProxies')}
                description={t('trustedHint')}
                {...form.getInputProps('trusted_proxies')}
              />
            </div>
          </Panel>
          <Text size="sm" c="dimmed">
            {t('startHint')}
          </Text>
        </>
      )}
    </SettingsForm>
  );
}
