import { describe, expect, it } from 'vitest';
import type { Channel, KeyChannel } from '../../src-main/contract/document.ts';
import { classify } from '../../src-main/core/classify.ts';
import { route } from '../../src-main/core/route.ts';
import { aKey, aUser } from '../support/document-fixtures.ts';
import { holderOf, snapshotOf } from './snapshot-of.ts';

const CHAT = classify('/v1/chat/completions', null);

function candidatesOf(channels: Readonly<Record<string, Partial<Channel>>>, own?: KeyChannel[]) {
  const whole = Object.fromEntries(
    Object.entries(channels).map(([id, channel]) => [
      id,
      { platform: 'openai', api_key: `key-${id}`, ...channel },
    ]),
  );
  const key = aKey('u', 'pk', own === undefined ? {} : { channels: own });
  return holderOf(snapshotOf({ users: { u: aUser() }, proxy_keys: { k: key }, channels: whole }), 'pk')
    .candidates;
}

function routed(
  candidates: ReturnType<typeof candidatesOf>,
  draw = 0,
  model: string | null = null,
  bound: string | null = null,
  explicit: string | null = null,
): string {
  try {
    return route({ candidates, operation: CHAT, explicit, bound, model, webSocket: false, draw }).channel.id;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

describe('among the channels that remain', () => {
  it('priority 1 is first', () => {
    expect(routed(candidatesOf({ a: { priority: 2 }, b: { priority: 1 }, c: {} }))).toBe('b');
  });
  it("the key's priority beats the channel's", () => {
    const own = [{ id: 'a', priority: 1 }, { id: 'b' }];
    expect(routed(candidatesOf({ a: { priority: 9 }, b: { priority: 2 } }, own))).toBe('a');
  });
  it('the first one stands where nobody gave a weight', () => {
    expect([0, 0.5, 0.99].map((draw) => routed(candidatesOf({ a: {}, b: {} }), draw))).toEqual([
      'a',
      'a',
      'a',
    ]);
  });
  it('weights share the requests of one priority, and a missing one counts 1', () => {
    const candidates = candidatesOf({ a: { weight: 3 }, b: {}, c: { weight: 5, priority: 500 } });
    expect([0, 0.5, 0.74, 0.76, 0.99].map((draw) => routed(candidates, draw))).toEqual([
      'a',
      'a',
      'a',
      'b',
      'b',
    ]);
  });
  it("the key's weight beats the channel's", () => {
    const own = [
      { id: 'a', weight: 1 },
      { id: 'b', weight: 9 },
    ];
    expect(routed(candidatesOf({ a: { weight: 9 }, b: { weight: 1 } }, own), 0.5)).toBe('b');
  });
});

describe('a key with a single channel', () => {
  it('goes there, whatever the path and the model', () => {
    expect(routed(candidatesOf({ a: { platform: 'anthropic', models: ['x'] } }), 0, 'm')).toBe('a');
  });
  it('has a single one also where the others are disabled', () => {
    expect(routed(candidatesOf({ a: { status: 'disabled' }, b: { platform: 'anthropic' } }))).toBe('b');
  });
});

describe('without a channel that can be used', () => {
  it('there is no_channel where none is permitted', () => {
    expect(routed(candidatesOf({ a: {} }, []))).toBe('no_channel');
  });
  it('there is channel_unavailable where all are disabled', () => {
    expect(routed(candidatesOf({ a: { status: 'disabled' } }))).toBe('channel_unavailable');
  });
  it('the first choice is not replaced by the second: failover is off', () => {
    expect(routed(candidatesOf({ a: { priority: 1, api_key: 'env:NOT_SET' }, b: { priority: 2 } }))).toBe(
      'channel_unavailable',
    );
  });
});

describe('an id that a platform handed out', () => {
  const channels = { a: { priority: 1 }, b: { priority: 2 }, c: { status: 'disabled' as const } };
  it('leads to its own channel', () => expect(routed(candidatesOf(channels), 0, null, 'b')).toBe('b'));
  it('leads nowhere where that is not permitted any more, or another was chosen', () => {
    expect(routed(candidatesOf(channels, [{ id: 'a' }]), 0, null, 'b')).toBe('not_found');
    expect(routed(candidatesOf(channels), 0, null, 'b', 'a')).toBe('not_found');
  });
  it('gets no other channel where its own is disabled', () => {
    expect(routed(candidatesOf(channels), 0, null, 'c')).toBe('channel_unavailable');
  });
});

describe('what was narrowed before', () => {
  it('stays bounded, however many models clients make up and however long they are', () => {
    const candidates = candidatesOf({ a: {}, b: {} });
    for (let at = 0; at < 5_000; at += 1) routed(candidates, 0, `model-${at}`);
    expect(candidates.shortlists.size).toBeLessThanOrEqual(512);
    routed(candidates, 0, 'x'.repeat(100_000));
    expect([...candidates.shortlists.keys()].every((name) => name.length < 1_000)).toBe(true);
  });
});
