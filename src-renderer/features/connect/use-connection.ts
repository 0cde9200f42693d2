import { useMemo } from 'react';
import { type KeyChannel, useKeyChannels } from '../../api/key-trial.ts';
import { useStatus } from '../../api/program-queries.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { channelFor } from './fitting-channel.ts';
import { FORMS, type Form, TOOLS, type Tool } from './snippets/snippet.ts';

/** Everything the screen has to know, all of it from its address and the server. */
export interface Connection {
  readonly user: string;
  readonly key: string;
  readonly tool: Tool;
  readonly form: Form;
  /** Of the proxy, without a slash at its end. */
  readonly address: string;
  readonly addresses: readonly string[];
  readonly channels: readonly KeyChannel[];
  /** The one that the reader chose; `''` where the gateway chooses. */
  readonly chosen: string;
  /** The one that will answer; `null` where none fits the tool. */
  readonly channel: KeyChannel | null;
  readonly model: string;
  readonly isDemo: boolean;
}

const NAMES = ['user', 'key', 'sdk', 'form', 'address', 'channel', 'model'] as const;

const toolOf = (name: string): Tool => TOOLS.find((tool) => tool === name) ?? 'openai';
const formOf = (tool: Tool, name: string): Form =>
  FORMS[tool].find((form) => form === name) ?? FORMS[tool][0];

/** The state of the screen. */
export function useConnection() {
  const { values, change } = useUrlState(NAMES);
  const status = useStatus().data;
  const reach = useKeyChannels(values.key);
  const tool = toolOf(values.sdk);
  const channels = reach.data ?? [];
  const channel = channelFor(tool, channels, values.channel);
  const addresses = useMemo(() => status?.proxy_urls ?? [], [status]);
  const connection: Connection = {
    user: values.user,
    key: values.key,
    tool,
    form: formOf(tool, values.form),
    address: addresses.find((one) => one === values.address) ?? status?.proxy_url ?? '',
    addresses,
    channels,
    chosen: channels.some(({ id }) => id === values.channel) ? values.channel : '',
    channel,
    model: values.model || (channel?.models[0] ?? ''),
    isDemo: status?.demo ?? false,
  };
  return { connection, change, reach };
}

/** The address with the channel in it, where the reader chose one. */
export const addressWithChannel = ({ address, chosen }: Pick<Connection, 'address' | 'chosen'>): string =>
  chosen === '' ? address : `${address}/channels/${encodeURIComponent(chosen)}`;
