import type { StandIn } from '../support/stand-in.ts';
import { startAnthropic } from '../support/stand-ins/anthropic.ts';
import { startAzure } from '../support/stand-ins/azure.ts';
import { startDashScope } from '../support/stand-ins/dashscope.ts';
import { startDashScopeSpeech } from '../support/stand-ins/dashscope-speech.ts';
import { startGemini } from '../support/stand-ins/gemini.ts';
import { startGeminiLive } from '../support/stand-ins/gemini-live.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import type { UploadedFile } from '../support/stand-ins/openai-files.ts';
import { startOpenAiRealtime } from '../support/stand-ins/openai-realtime.ts';
import type { RealtimeStandIn } from '../support/stand-ins/realtime-platform.ts';

/** A stand-in under the id that its channel has. */
export interface NamedStandIn {
  readonly channel: string;
  readonly platform: string;
  /** Whose channel it is: each stand-in belongs to one user, so that its own counts are that user's. */
  readonly user: string;
  readonly standIn: StandIn & { readonly files?: readonly UploadedFile[] };
}

/** Starts every platform. Those of `ann` are all there are; `zoe` has an OpenAI of her own. */
export async function startPlatforms(): Promise<readonly NamedStandIn[]> {
  const of = async (user: string, channel: string, platform: string, started: Promise<StandIn>) => ({
    user,
    channel,
    platform,
    standIn: await started,
  });
  return Promise.all([
    of('ann', 'openai', 'openai', startOpenAi()),
    of('ann', 'anthropic', 'anthropic', startAnthropic()),
    of('ann', 'gemini', 'gemini', startGemini()),
    of('ann', 'dashscope', 'dashscope', startDashScope()),
    of('ann', 'azure', 'azure', startAzure()),
    of('zoe', 'openai-zoe', 'openai', startOpenAi({ apiKey: 'channel-key-of-zoe' })),
    of('zoe', 'dashscope-zoe', 'dashscope', startDashScope({ apiKey: 'another-channel-key-of-zoe' })),
  ]);
}

/** A stand-in for the WebSockets of a platform that stands above, at an address of its own. */
export interface NamedRealtimeStandIn {
  readonly channel: string;
  readonly standIn: RealtimeStandIn;
}

/** Starts those of `ann`'s platforms; they take the same keys. */
export async function startRealtimePlatforms(): Promise<readonly NamedRealtimeStandIn[]> {
  return [
    { channel: 'dashscope', standIn: await startDashScopeSpeech() },
    { channel: 'openai', standIn: await startOpenAiRealtime() },
    { channel: 'gemini', standIn: await startGeminiLive() },
  ];
}
