import type { KeyChannel } from '../../../src-main/contract/document.ts';

/** A channel in the order of a key. */
export interface OrderedChannel {
  /** As it is stored; its priority follows from its place. */
  readonly channel: KeyChannel;
  /** Of one priority with the one above: they share the requests by their weights. */
  readonly isShared: boolean;
}

type Order = readonly OrderedChannel[];

/** What a channel has where nobody says another one. */
const DEFAULT_PRIORITY = 100;

/**
 * The order in which a key's channels are tried.
 * @param ownPriorities the channels' own, which count where the key gives none
 */
export function orderOf(
  channels: readonly KeyChannel[],
  ownPriorities: ReadonlyMap<string, number> = new Map(),
): Order {
  const priorityOf = ({ id, priority }: KeyChannel): number =>
    priority ?? ownPriorities.get(id) ?? DEFAULT_PRIORITY;
  const sorted = channels.toSorted((one, other) => priorityOf(one) - priorityOf(other));
  return sorted.map((channel, index) => {
    const above = sorted[index - 1];
    if (above === undefined || priorityOf(above) !== priorityOf(channel)) return { channel, isShared: false };
    // Without a weight on either side the first of them serves alone.
    return { channel, isShared: channel.weight !== undefined || above.weight !== undefined };
  });
}

const withWeight = ({ weight: _, ...channel }: KeyChannel, weight: number | undefined): KeyChannel =>
  weight === undefined ? channel : { ...channel, weight };

/** The same order where weights stand with those that share, and nowhere else: they mean nothing to one alone. */
export function settled(order: Order): Order {
  return order.map(({ channel, isShared }, index) => {
    const shares = (isShared && index > 0) || order[index + 1]?.isShared === true;
    const weight = shares ? (channel.weight ?? 1) : undefined;
    return { channel: withWeight(channel, weight), isShared: isShared && index > 0 };
  });
}

/** The order in which one channel shares with the one above it, or no more. */
export const withSharing = (order: Order, index: number, isShared: boolean): Order =>
  settled(order.map((one, at) => (at === index ? { ...one, isShared } : one)));

/** The order without a channel. */
export const withoutChannel = (order: Order, id: string): Order =>
  settled(order.filter(({ channel }) => channel.id !== id));

/** The order with another weight of a channel. */
export const withWeightOf = (order: Order, id: string, weight: number): Order =>
  order.map((one) => (one.channel.id === id ? { ...one, channel: { ...one.channel, weight } } : one));

/** The order with one more channel, after all others. */
export const withChannel = (order: Order, id: string): Order => [
  ...order,
  { channel: { id }, isShared: false },
];

/** The priority of each, counted from 1; those that share have the same. */
export function prioritiesOf(order: Order): readonly number[] {
  let priority = 0;
  return order.map(({ isShared }) => {
    if (!isShared || priority === 0) priority += 1;
    return priority;
  });
}

/** The channels as they are stored. */
export function channelsOf(order: Order): readonly KeyChannel[] {
  const priorities = prioritiesOf(order);
  return order.map(({ channel }, index) => ({ ...channel, priority: priorities[index] }));
}
