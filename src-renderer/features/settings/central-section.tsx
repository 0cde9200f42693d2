import { Anchor, Badge, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { CentralForm } from './central-form.tsx';
import { useCentralTexts } from './central-strings.ts';
import { Disconnect } from './disconnect.tsx';
import { useSettingsTexts } from './strings.ts';
import { type CentralState, useCentral } from './use-central.ts';

/** Where keys live now, and what there is to do about it. */
function Places({ state }: { readonly state: CentralState }) {
  const t = useCentralTexts();
  const settings = useSettingsTexts();
  const { address } = useUrlState(['address']).values;
  const [place, setPlace] = useState(state.connected || address !== '' ? 'there' : 'here');
  const shown = state.connected ? 'there' : place;
  return (
    <>
      <Panel title={settings('keys')}>
        <Stack gap="sm">
          <Radio.Group aria-label={settings('keys')} value={shown} onChange={setPlace}>
            <Stack gap="sm">
              <Radio
                value="here"
                label={t('here')}
                description={t('hereText')}
                // What is connected is disconnected with a button, which says what that means.
                disabled={state.connected}
              />
              <Radio value="there" label={t('there')} description={t('thereText')} />
            </Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed">
            {state.connected && `${t('others')} `}
            <Anchor component={Link} href="/channels" size="sm">
              {t('toChannels')}
            </Anchor>
          </Text>
        </Stack>
      </Panel>
      {shown === 'there' && (
        <Panel title={t('service')} actions={state.connected && <Disconnect />}>
          <Stack>
            {state.connected && (
              <Group>
                <Badge color="teal" variant="light" size="lg">
                  {t('connected', { address: state.base_url ?? '' })}
                </Badge>
              </Group>
            )}
            <CentralForm key={`${state.base_url} ${address}`} state={state} offered={address} />
          </Stack>
        </Panel>
      )}
    </>
  );
}

/** Where keys live: on this computer, or at a central key service. */
export function CentralSection() {
  const central = useCentral();
  return (
    <AnswerView query={central} lines={5}>
      {(state) => <Places state={state} />}
    </AnswerView>
  );
}
