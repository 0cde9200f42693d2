import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { aKey, aUser } from '../support/document-fixtures.ts';
import { holderOf, snapshotOf } from './snapshot-of.ts';

function candidatesOf(channels: Readonly<Record<string, Partial<Channel>>>) {
  const whole = Object.fromEntries(
    Object.entries(channels).map(([id, channel]) => [
      id,
      { platform: 'openai', api_key: `k-${id}`, ...channel },
    ]),
  );
  return holderOf(
    snapshotOf({ users: { u: aUser() }, proxy_keys: { k: aKey('u', 'pk') }, channels: whole }),
    'pk',
  ).candidates;
}

describe('the candidates of a key', () => {
  it('stand in the order of their priority, and in that of the document where it is equal', () => {
    const { all, byId } = candidatesOf({ a: { priority: 7 }, b: {}, c: { priority: 1 }, d: { priority: 7 } });
    expect(all.map(({ channel }) => channel.id)).toEqual(['c', 'a', 'd', 'b']);
    expect(byId.get('d')?.priority).toBe(7);
  });

  it.each([
    ['one channel that lists models', { a: { models: ['m'] } }, false],
    ['several, one of which lists models', { a: { models: ['m'] }, b: {} }, true],
    [
      'several, of which the one that lists models is disabled',
      { a: { models: ['m'], status: 'disabled' as const }, b: {} },
      false,
    ],
    ['a channel that maps models', { a: { model_map: { x: 'y' } } }, true],
    [
      'a channel that names the model in its path',
      { a: { platform: 'azure', base_url: 'https://x.test' } },
      true,
    ],
    ['channels that do neither', { a: {}, b: {} }, false],
  ])('need to see the model, or not: %s', (_, channels, needed) => {
    expect(candidatesOf(channels).needsModel).toBe(needed);
  });

  it('hold bodies up to the largest limit of an active channel', () => {
    expect(candidatesOf({ a: { max_body: 100 }, b: { max_body: 50 } }).maxInspected).toBe(100);
    expect(candidatesOf({ a: { max_body: 100, status: 'disabled' }, b: { max_body: 50 } }).maxInspected).toBe(
      50,
    );
    expect(candidatesOf({ a: {} }).maxInspected).toBe(32 * 1024 * 1024);
  });
});
