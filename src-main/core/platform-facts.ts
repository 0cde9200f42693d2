import { matchesHost } from '../contract/host-models.ts';
import type { ChannelRules } from './check-channel.ts';
import type { Platform } from './platform.ts';

/** What the checks of a document ask about platforms, answered from the list of them. */
export function platformFacts(platforms: readonly Platform[], isSelf?: ChannelRules['isSelf']): ChannelRules {
  const byName = new Map(
    platforms.flatMap((platform) => [platform.id, ...platform.aliases].map((name) => [name, platform])),
  );
  return {
    platformOf: (name) => byName.get(name),
    platformNames: () => [...byName.keys()],
    recognisePlatform: (hostname) =>
      platforms.find(({ hosts }) => hosts.some((pattern) => matchesHost(pattern, hostname)))?.id ?? 'custom',
    ...(isSelf === undefined ? {} : { isSelf }),
  };
}
