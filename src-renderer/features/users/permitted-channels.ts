import type { Group, User } from '../../../src-main/contract/document.ts';
import type { RecordOf } from '../../api/records.ts';

/** A channel that a user may use, and what permits it. */
export interface PermittedChannel {
  readonly id: string;
  /** `null` where the list names one that is not known here. */
  readonly channel: RecordOf<'channels'> | null;
  readonly isOwn: boolean;
  readonly isOfGroup: boolean;
}

const permits = (channels: User['channels'], id: string): boolean =>
  channels === '*' || (channels?.includes(id) ?? false);

const idsOf = (channels: User['channels']): readonly string[] => (channels === '*' ? [] : (channels ?? []));

/** The channels a user may use: their own, and their group's. @param known in the order they are shown in */
export function permittedChannels(
  user: Pick<User, 'channels'>,
  group: Pick<Group, 'channels'> | null,
  known: readonly RecordOf<'channels'>[],
): readonly PermittedChannel[] {
  const byId = new Map(known.map((channel) => [channel.id, channel]));
  const unknown = [...idsOf(user.channels), ...idsOf(group?.channels)].filter((id) => !byId.has(id));
  return [...byId.keys(), ...new Set(unknown)]
    .map((id) => ({
      id,
      channel: byId.get(id) ?? null,
      isOwn: permits(user.channels, id),
      isOfGroup: permits(group?.channels, id),
    }))
    .filter(({ isOwn, isOfGroup }) => isOwn || isOfGroup);
}
