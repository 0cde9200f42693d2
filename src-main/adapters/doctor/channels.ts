import type { Document } from '../../contract/document.ts';
import type { CompiledChannel } from '../../core/compiled-channel.ts';
import { compileChannel } from '../../core/compiled-channel.ts';
import type { Platform } from '../../core/platform.ts';
import { examineSettings } from './channel-settings.ts';
import { byTarget, type ChannelTarget } from './channel-target.ts';
import type { ClockReading } from './clock.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';
import { judgeTarget } from './judge-target.ts';
import { speaksTls, tryTarget } from './try-target.ts';

export interface ChannelsContext {
  readonly platforms: readonly Platform[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether an address is one of this AIProxy's own listeners. */
  readonly isSelf: (address: string, port: number) => boolean;
  /** When all must be over, epoch milliseconds: what was not tried until shortly before is not tried. */
  readonly untilMs: number;
}

/** What the examination of all channels found, and what their clocks said. */
export interface ChannelsFound {
  readonly findings: readonly DoctorFinding[];
  readonly clocks: readonly ClockReading[];
}

/** Channels tried at a time. */
const AT_A_TIME = 128;
/** A try with less time than that would tell nothing. */
const SHORTEST_TRY_MS = 1_000;
const MOST_NAMED = 5;

function compileActive(document: Document, { platforms, env }: ChannelsContext): CompiledChannel[] {
  return Object.entries(document.channels).flatMap(([id, channel]) => {
    const platform = platforms.find(
      (candidate) => candidate.id === channel.platform || candidate.aliases.includes(channel.platform),
    );
    return platform === undefined || channel.status === 'disabled'
      ? []
      : [compileChannel(id, channel, platform, env)];
  });
}

function subjectOf(channels: readonly CompiledChannel[]): string {
  const ids = channels.map(({ id }) => id);
  const more = ids.length - MOST_NAMED;
  return `channel ${ids.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Tries one address. @returns also what its clock said */
async function examineTarget(
  target: ChannelTarget,
  channels: readonly CompiledChannel[],
  { platforms, isSelf, untilMs }: ChannelsContext,
): Promise<{ finding: DoctorFinding; clock: ClockReading | null }> {
  const subject = subjectOf(channels);
  const about = findingsAbout('channels', subject);
  if (Date.now() + SHORTEST_TRY_MS >= untilMs)
    return { finding: about.warning('not tried: there was no time left', 'Run it again.'), clock: null };
  const tried = await tryTarget(target, isSelf, untilMs);
  const unanswered = tried.failure?.phase === 'answer' || tried.answer?.status === 400;
  const spokeTls = !target.secure && unanswered && (await speaksTls(target, tried.addresses, untilMs));
  const hosts = platforms.flatMap((platform) => platform.hosts.filter((host) => !host.startsWith('.')));
  const verdict = judgeTarget(target, tried, spokeTls, hosts, Date.now());
  const { answer } = tried;
  return {
    finding: { area: 'channels', subject, ...verdict },
    clock:
      answer === null || answer.dateMs === null ? null : { theirsMs: answer.dateMs, oursMs: answer.atMs },
  };
}

/** Runs a job for each item, a bounded number at a time, and keeps their order. */
async function forEach<T, R>(items: readonly T[], job: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [at, item] of queue) results.set(at, await job(item));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return items.flatMap((_, at) => {
    const result = results.get(at);
    return result === undefined ? [] : [result];
  });
}

/** Looks at every active channel: its settings, its name, its connection, its certificate. Sends no key. */
export async function examineChannels(document: Document, context: ChannelsContext): Promise<ChannelsFound> {
  const active = compileActive(document, context);
  if (active.length === 0) {
    const none = findingsAbout('channels', 'channels').warning(
      'none is active, so nothing can be served',
      'Name one in config/channels.json; the README shows how.',
    );
    return { findings: [none], clocks: [] };
  }
  const recognise = (hostname: string): Platform | undefined =>
    context.platforms.find(({ hosts }) =>
      hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : host === hostname)),
    );
  const settings = active.flatMap((channel) => examineSettings(channel, context.env, recognise));
  const usable = active.filter(({ fault, base }) => fault === null || base.hostname !== 'invalid');
  const tried = await forEach([...byTarget(usable)], ([target, channels]) =>
    examineTarget(target, channels, context),
  );
  return {
    findings: [...settings, ...tried.map(({ finding }) => finding)],
    clocks: tried.flatMap(({ clock }) => clock ?? []),
  };
}
