import { ActionIcon, Code, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { RecordOf } from '../../api/records.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { revealKeys } from './channel-test.ts';
import { storedKeys } from './key-rows.ts';
import { useChannelPageTexts } from './page-strings.ts';
import { useChannelTexts } from './strings.ts';

const SHOWN_S = 30;

/** A channel's keys: masked, and in full for half a minute where somebody asks for that. */
export function ChannelKeys({ channel }: { readonly channel: RecordOf<'channels'> }) {
  const t = useChannelPageTexts();
  const list = useChannelTexts();
  const { mutate, reset, data, error, isPending } = useMutation({
    mutationFn: () => revealKeys(channel.id),
    gcTime: 0,
  });
  useEffect(() => {
    if (data === undefined) return undefined;
    const timer = setTimeout(reset, SHOWN_S * 1000);
    return () => clearTimeout(timer);
  }, [data, reset]);
  const masked = storedKeys(channel);
  if (masked.length === 0) return <Text c="dimmed">{list('noKey')}</Text>;
  const isShown = data !== undefined;
  const label = t(isShown ? 'hide' : 'reveal');
  return (
    <Group gap={4} align="flex-start" wrap="nowrap">
      <Stack gap={4}>
        {(data ?? masked).map((key, at) => (
          // Two keys may have one mask; they stand in the order of the channel.
          // biome-ignore lint/suspicious/noArrayIndexKey: as said
          <Group gap={4} key={at} wrap="nowrap">
            <Code>{key}</Code>
            {isShown && <CopyButton value={key} label={t('copyKey')} />}
          </Group>
        ))}
        {isShown && (
          <Text size="xs" c="dimmed" role="status">
            {t('revealNote', { count: SHOWN_S })}
          </Text>
        )}
        {error !== null && <FailureNote error={error} />}
      </Stack>
      <Tooltip label={label}>
        <ActionIcon
          variant="subtle"
          aria-label={label}
          loading={isPending}
          onClick={() => (isShown ? reset() : mutate())}
        >
          {isShown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
