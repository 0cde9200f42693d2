import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { UrlState } from '../../ui/url-state.ts';
import styles from './connect.module.css';
import { isFitting } from './fitting-channel.ts';
import { installOf } from './snippets/install.ts';
import { snippetOf } from './snippets/snippet.ts';
import { useConnectTexts } from './strings.ts';
import { ToolChoice } from './tool-choice.tsx';
import { addressWithChannel, type Connection } from './use-connection.ts';
import { PLACEHOLDER, useShownKey } from './use-shown-key.ts';

interface SnippetPanelProps {
  readonly connection: Connection;
  readonly change: UrlState<'sdk' | 'form'>['change'];
}

/** Says where the key's channels and the tool do not go together. */
function Fit({ connection: { tool, channel, channels } }: { readonly connection: Connection }) {
  const t = useConnectTexts();
  if (channel !== null && isFitting(tool, channel.platform)) return null;
  const names = channels.map(({ name }) => name).join(', ');
  return (
    <Alert color="orange" variant="light">
      {channels.length === 0 ? t('noChannels') : t('unfit', { channels: names })}
    </Alert>
  );
}

function Install({ connection: { tool, form } }: { readonly connection: Connection }) {
  const t = useConnectTexts();
  const command = installOf(tool, form);
  if (command === null) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('install')} <Code>{command}</Code>
    </Text>
  );
}

/** What is pasted, with the key in it only where the reader asked for it. */
export function SnippetPanel({ connection, change }: SnippetPanelProps) {
  const t = useConnectTexts();
  const { key, tool, form, address, model, channel } = connection;
  const shown = useShownKey(key);
  const url = addressWithChannel(connection);
  const facts = { url, key: shown.key ?? PLACEHOLDER, model, platform: channel?.platform ?? '' };
  const text = snippetOf(tool, form, facts);
  return (
    <Panel title={t('snippet')}>
      <Stack gap="sm">
        <ToolChoice connection={connection} change={change} />
        <Fit connection={connection} />
        {text === null ? (
          <Alert color="orange">{t('unquotable')}</Alert>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
          <section className={styles.code} tabIndex={0} aria-label={t('snippet')}>
            <pre>{text}</pre>
          </section>
        )}
        <Group>
          <CopyButton
            value={text ?? ''}
            label={t('copySnippet')}
            withText
            disabled={text === null || shown.isBusy}
          />
          {shown.key === null ? (
            <Button
              variant="default"
              leftSection={<IconEye size={16} />}
              loading={shown.isBusy}
              onClick={shown.show}
            >
              {t('showKey')}
            </Button>
          ) : (
            <Button variant="default" leftSection={<IconEyeOff size={16} />} onClick={shown.hide}>
              {t('hideKey')}
            </Button>
          )}
        </Group>
        {shown.error !== null && <FailureNote error={shown.error} />}
        <Text size="sm" c="dimmed">
          {t(shown.key === null ? 'placeholder' : 'keyShown')}
        </Text>
        <Install connection={connection} />
        {tool !== 'anthropic' && (
          <Text size="sm" c="dimmed">
            {t(`${tool}Note`, { ws: address.replace(/^http/, 'ws') })}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
