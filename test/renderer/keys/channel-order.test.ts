import { describe, expect, test } from 'vitest';
import {
  channelsOf,
  type OrderedChannel,
  orderOf,
  prioritiesOf,
  settled,
  withChannel,
  withoutChannel,
  withSharing,
  withWeightOf,
} from '../../../src-renderer/features/keys/channel-order.ts';

const shown = (order: readonly OrderedChannel[]): string =>
  order
    .map(
      ({ channel: { id, weight }, isShared }) =>
        `${isShared ? '=' : ''}${id}${weight === undefined ? '' : `*${weight}`}`,
    )
    .join(' ');

const THREE = orderOf([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);

describe('the order of a key’s channels', () => {
  test.each([
    ['stands as it is without priorities', [{ id: 'b' }, { id: 'a' }], 'b a'],
    [
      'goes by priority',
      [
        { id: 'b', priority: 2 },
        { id: 'a', priority: 1 },
      ],
      'a b',
    ],
    ['lets the channels speak for themselves', [{ id: 'late' }, { id: 'early' }], 'early late'],
    [
      'prefers what the key says',
      [
        { id: 'early', priority: 9 },
        { id: 'late', priority: 3 },
      ],
      'late early',
    ],
    [
      'shares a place where there are weights',
      [
        { id: 'a', priority: 1, weight: 3 },
        { id: 'b', priority: 1, weight: 1 },
        { id: 'c', priority: 2 },
      ],
      'a*3 =b*1 c',
    ],
    [
      'does not share where there are none: then the first one serves alone',
      [
        { id: 'a', priority: 1 },
        { id: 'b', priority: 1 },
      ],
      'a b',
    ],
  ])('%s', (_, channels, expected) => {
    expect(
      shown(
        orderOf(
          channels,
          new Map([
            ['early', 1],
            ['late', 5],
          ]),
        ),
      ),
    ).toBe(expected);
  });

  test('is stored as priorities that count from 1, whatever stood there', () => {
    const order = orderOf([
      { id: 'a', priority: 7 },
      { id: 'b', priority: 3, weight: 2 },
      { id: 'c', priority: 3 },
    ]);
    expect(channelsOf(order)).toEqual([
      { id: 'b', priority: 1, weight: 2 },
      { id: 'c', priority: 1 },
      { id: 'a', priority: 2 },
    ]);
  });

  test('keeps members of a channel that it does not know', () => {
    expect(channelsOf(orderOf([{ id: 'a', label: 'kept' }]))).toEqual([
      { id: 'a', label: 'kept', priority: 1 },
    ]);
  });

  test('gives those that share a weight, and takes it away with the last sharing', () => {
    const shared = withSharing(THREE, 1, true);
    expect(shown(shared)).toBe('a*1 =b*1 c');
    expect(prioritiesOf(shared)).toEqual([1, 1, 2]);
    expect(shown(withWeightOf(shared, 'b', 4))).toBe('a*1 =b*4 c');
    expect(shown(withSharing(shared, 1, false))).toBe('a b c');
  });

  test('lets the first one share with nobody, however it came to be first', () => {
    const shared = withSharing(THREE, 1, true);
    expect(shown(withoutChannel(shared, 'a'))).toBe('b c');
    expect(shown(settled([...shared].reverse()))).toBe('c*1 =b*1 a');
  });

  test('takes a new channel at its end', () => {
    expect(shown(withChannel(THREE, 'd'))).toBe('a b c d');
  });
});
