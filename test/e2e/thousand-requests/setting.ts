import type { Document } from '../../../src-main/contract/document.ts';
import type { CleanUp } from '../../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../../support/document-fixtures.ts';
import type { StandIn } from '../../support/stand-in.ts';
import { startAnthropic } from '../../support/stand-ins/anthropic.ts';
import { startDashScope } from '../../support/stand-ins/dashscope.ts';
import { startGemini } from '../../support/stand-ins/gemini.ts';
import { startOpenAi } from '../../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../../support/start-gateway.ts';

export const USERS = 100;
/** The users from this number on are disabled. */
export const FIRST_DISABLED = 90;

export const CHANNELS = ['openai-a', 'openai-b', 'claude', 'gemini', 'qwen'] as const;
export type ChannelId = (typeof CHANNELS)[number];

export const userId = (number: number): string => `user-${number}`;
export const keyOf = (number: number): string => `pk-of-user-${number}`;
/** Every second user's key prefers the other one of two like channels. */
export const openAiOf = (number: number): ChannelId => (number % 2 === 0 ? 'openai-a' : 'openai-b');
/** Every fifth user may use these models only. */
export const isRestricted = (number: number): boolean => number % 5 === 0;
const RESTRICTED_TO = ['gpt-*', 'text-*', 'claude-*', 'gemini-*', 'qwen-*', 'slow-*', 'error-*'];

export interface Setting {
  readonly gateway: Gateway;
  readonly standIns: Readonly<Record<ChannelId, StandIn>>;
}

function users(): Document['users'] {
  return Object.fromEntries(
    Array.from({ length: USERS }, (_, number) => [
      userId(number),
      aUser({ status: number < FIRST_DISABLED ? 'active' : 'disabled' }),
    ]),
  );
}

function keys(): Document['proxy_keys'] {
  const key = (number: number) =>
    aKey(userId(number), keyOf(number), {
      channels: CHANNELS.map((id) => {
        if (id.startsWith('openai')) return { id, priority: id === openAiOf(number) ? 1 : 2 };
        return { id, priority: 3 };
      }),
      ...(isRestricted(number) ? { models: RESTRICTED_TO } : {}),
    });
  return Object.fromEntries(Array.from({ length: USERS }, (_, number) => [`key-${number}`, key(number)]));
}

/** Starts the stand-ins and one gateway that 100 users share. */
export async function startSetting(cleanUp: CleanUp): Promise<Setting> {
  const standIns = {
    'openai-a': cleanUp.closing(await startOpenAi({ apiKey: 'channel-key-a' })),
    'openai-b': cleanUp.closing(await startOpenAi({ apiKey: 'channel-key-b' })),
    claude: cleanUp.closing(await startAnthropic()),
    gemini: cleanUp.closing(await startGemini()),
    qwen: cleanUp.closing(await startDashScope()),
  };
  const channel = (platform: string, id: ChannelId) =>
    aChannel(platform, standIns[id].url, standIns[id].apiKey);
  const document = aDocument({
    users: users(),
    proxy_keys: keys(),
    channels: {
      'openai-a': channel('openai', 'openai-a'),
      'openai-b': channel('openai', 'openai-b'),
      claude: channel('anthropic', 'claude'),
      gemini: channel('gemini', 'gemini'),
      qwen: channel('dashscope', 'qwen'),
    },
  });
  return { gateway: cleanUp.closing(await startGateway(document)), standIns };
}
