import { Alert, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DEMO_ID } from '../../../src-main/contract/demo-id.ts';
import { useKeyChannels } from '../../api/key-trial.ts';
import { useRecord, useRecords } from '../../api/record-queries.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { TrialForm } from '../../ui/trial-form.tsx';
import { TrialTarget } from '../../ui/trial-target.tsx';
import { useWelcomeTexts } from './strings.ts';
import styles from './welcome.module.css';

interface RequestStepProps {
  /** The key that was made a step before; `''` where none was. */
  readonly madeKey: string;
  readonly isDemo: boolean;
}

/** Which key the request is made with: the new one, else one that is there, else the demo's. */
function useKeyAtHand({ madeKey, isDemo }: RequestStepProps) {
  const keys = useRecords('proxy-keys', { per_page: 1, sort: '-created_at', status: 'active' });
  const made = useRecord('proxy-keys', madeKey === '' ? null : madeKey);
  const [first] = keys.data?.items ?? [];
  if (madeKey !== '') return { id: madeKey, title: made.data === undefined ? '' : titleOf(made.data.record) };
  if (first !== undefined) return { id: first.id, title: titleOf(first) };
  return isDemo ? { id: DEMO_ID, title: DEMO_ID } : { id: '', title: '' };
}

function Request({ keyId }: { readonly keyId: string }) {
  const t = useWelcomeTexts();
  const client = useQueryClient();
  const reach = useKeyChannels(keyId);
  const [chosen, setChosen] = useState({ channel: '', model: '' });
  return (
    <AnswerView query={reach}>
      {(channels) => {
        const channel = channels.find(({ id }) => id === chosen.channel) ?? channels[0];
        if (channel === undefined) return <Alert color="orange">{t('noChannel')}</Alert>;
        const model = chosen.model || (channel.models[0] ?? '');
        return (
          <>
            <div className={styles.fields}>
              <TrialTarget
                channels={channels}
                channel={chosen.channel}
                onChannel={(id) => setChosen({ channel: id, model: '' })}
                model={model}
                onModel={(next) => setChosen((before) => ({ ...before, model: next }))}
              />
            </div>
            <TrialForm
              keyId={keyId}
              channel={channel.id}
              model={model}
              onDone={() => void client.invalidateQueries({ queryKey: ['setup'] })}
            />
          </>
        );
      }}
    </AnswerView>
  );
}

/** The third step: a request, and its answer. */
export function RequestStep(props: RequestStepProps) {
  const t = useWelcomeTexts();
  const { id, title } = useKeyAtHand(props);
  if (id === '') return <Text c="dimmed">{t('noKey')}</Text>;
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('withKey', { key: title })}
      </Text>
      <Request keyId={id} />
    </>
  );
}
