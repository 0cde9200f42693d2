import { expect, it } from 'vitest';
import { compileChannel } from '../../src-main/core/compiled-channel.ts';
import { platformOf } from '../../src-main/platforms/registry.ts';
import { ChannelKeys } from '../../src-main/proxy/channel-keys.ts';

function channelWith(...api_keys: string[]) {
  const platform = platformOf('openai');
  if (platform === undefined) throw new Error('there is no such platform');
  return compileChannel('c', { platform: 'openai', api_keys, status: 'active' }, platform, {});
}

it('lets the keys of a channel take turns', () => {
  const keys = new ChannelKeys();
  const channel = channelWith('first', 'second', 'third');
  const used = Array.from({ length: 6 }, () => keys.next(channel, null)?.secret);
  expect(new Set(used.slice(0, 3)).size).toBe(3);
  expect(used.slice(3)).toEqual(used.slice(0, 3));
});

it('keeps to the key that is bound, also after the channel was compiled anew', () => {
  const [, second] = channelWith('first', 'second', 'third').keys;
  const digest = second === undefined ? '' : new ChannelKeys().digestOf(second);
  const keys = new ChannelKeys();
  const used = Array.from({ length: 6 }, () => keys.next(channelWith('first', 'second', 'third'), digest));
  expect(used.map((key) => key?.secret)).toEqual(Array(6).fill('second'));
});

it('takes turns again where the bound key is gone', () => {
  const keys = new ChannelKeys();
  const channel = channelWith('first', 'second');
  const used = Array.from({ length: 2 }, () => keys.next(channel, 'a digest of none')?.secret);
  expect(used.toSorted()).toEqual(['first', 'second']);
});

it('has none for a channel without keys, and the only one for a channel with one', () => {
  const keys = new ChannelKeys();
  expect(keys.next(channelWith(), null)).toBeNull();
  expect(keys.next(channelWith('only'), 'a digest of none')?.secret).toBe('only');
});

it('tells keys apart without showing any part of them', () => {
  const [first, second] = channelWith('first-secret', 'second-secret').keys;
  if (first === undefined || second === undefined) throw new Error('there should be two');
  const keys = new ChannelKeys();
  expect(keys.digestOf(first)).toMatch(/^[0-9a-f]{16}$/);
  expect(keys.digestOf(first)).not.toBe(keys.digestOf(second));
});
