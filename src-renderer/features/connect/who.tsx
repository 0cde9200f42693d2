import { Button, Select } from '@mantine/core';
import { DEMO_ID } from '../../../src-main/contract/demo-id.ts';
import { Panel } from '../../ui/panel.tsx';
import { RecordSelect } from '../../ui/record-select.tsx';
import { TrialTarget } from '../../ui/trial-target.tsx';
import type { UrlState } from '../../ui/url-state.ts';
import styles from './connect.module.css';
import { useConnectTexts } from './strings.ts';
import type { Connection } from './use-connection.ts';

interface WhoProps {
  readonly connection: Connection;
  readonly change: UrlState<'user' | 'key' | 'address' | 'channel' | 'model'>['change'];
}

/** Whose key, at which address, through which channel and for which model. */
export function Who({ connection, change }: WhoProps) {
  const t = useConnectTexts();
  const { user, key, address, addresses, channels, chosen, model, isDemo } = connection;
  const demo =
    isDemo && key !== DEMO_ID ? (
      <Button
        size="xs"
        variant="default"
        onClick={() => change({ key: DEMO_ID, user: '', channel: '', model: '' })}
      >
        {t('useDemo')}
      </Button>
    ) : undefined;
  return (
    <Panel title={t('who')} actions={demo}>
      <div className={styles.fields}>
        <RecordSelect
          resource="users"
          label={t('user')}
          placeholder={t('anyUser')}
          value={user}
          clearable
          onChange={(id) => change({ user: id, key: '', channel: '', model: '' })}
        />
        <RecordSelect
          resource="proxy-keys"
          label={t('key')}
          placeholder={t('chooseKey')}
          value={key}
          {...(user === '' ? {} : { filter: { user } })}
          onChange={(id) => change({ key: id, channel: '', model: '' })}
        />
        {addresses.length > 1 && (
          <Select
            label={t('address')}
            data={[...addresses]}
            value={address}
            onChange={(next) => change({ address: next ?? '' })}
            allowDeselect={false}
          />
        )}
        {channels.length > 0 && (
          <TrialTarget
            channels={channels}
            channel={chosen}
            onChannel={(id) => change({ channel: id, model: '' })}
            model={model}
            onModel={(next) => change({ model: next })}
          />
        )}
      </div>
    </Panel>
  );
}
