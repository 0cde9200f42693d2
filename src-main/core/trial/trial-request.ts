import type { TrialQuestion } from '../../contract/key-trial.ts';
import type { Platform } from '../platform.ts';
import type { OwnRequest } from './trial-ports.ts';

/** Anthropic's API must be told; enough for a few sentences. */
const MOST_TOKENS = 500;

/**
 * A streamed chat with a Proxy-Key, in the language of the channel's platform.
 * @param platform of the channel that was chosen; `null` where the gateway chooses
 */
export function trialRequest(
  secret: string,
  { model, text, channel }: TrialQuestion,
  platform: Pick<Platform, 'dialect' | 'streamUsage' | 'ownHeaders'> | null,
): OwnRequest {
  // In the path, because a header takes no id in Chinese.
  const prefix = channel === undefined ? '' : `/channels/${encodeURIComponent(channel)}`;
  const headers = {
    authorization: `Bearer ${secret}`,
    'content-type': 'application/json',
  };
  const chat = { model, stream: true, messages: [{ role: 'user', content: text }] };
  if (platform?.dialect === 'anthropic') {
    const [name = '', value = ''] = platform.ownHeaders;
    const body = JSON.stringify({ ...chat, max_tokens: MOST_TOKENS });
    return { path: `${prefix}/v1/messages`, headers: { ...headers, [name]: value }, body };
  }
  const usage = platform?.streamUsage ? { stream_options: { include_usage: true } } : {};
  return { path: `${prefix}/v1/chat/completions`, headers, body: JSON.stringify({ ...chat, ...usage }) };
}
