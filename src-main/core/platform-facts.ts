import type { ChannelRules } from './check-channel.ts';
import type { Platform } from './platform.ts';

/** What the checks of a document ask about platforms, answered from the list of them. */
export function platformFacts(platforms: readonly Platform[], isSelf?: ChannelRules['isSelf']): ChannelRules {
  const byName = new Map(
    platforms.flatMap((platform) => [platform.id, ...platform.aliases].map((name) => [name, platform])),
  );
  const serves = (pattern: string, hostname: string): boolean =>
    pattern.startsWith('.') ? hostname.endsWith(pattern) : hostname === pattern;
  return {
    platformOf: (name) => byName.get(name),
    platformNames: () => [...byName.keys()],
    recognisePlatform: (hostname) =>
      platforms.find(({ hosts }) => hosts.some((pattern) => serves(pattern, hostname)))?.id ?? 'custom',
    ...(isSelf === undefined ? {} : { isSelf }),
  };
}
