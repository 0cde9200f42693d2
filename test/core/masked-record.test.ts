import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Channel, ProxyKey, System, User } from '../../src-main/contract/document.ts';
import { Secret } from '../../src-main/contract/values.ts';
import { masked, maskedPlaces, secretsOf, withKeptSecrets } from '../../src-main/core/masked-record.ts';
import { recordPlaces } from '../../src-main/core/record-places.ts';
import { secretPlaces } from '../../src-main/core/secret-places.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';

const channel = secretPlaces(Channel);
const key = secretPlaces(ProxyKey);
const CHANNEL = {
  platform: 'openai',
  api_key: 'channel-key-1',
  api_keys: ['channel-key-2', 'env:KEY'],
  headers: { 'x-org': 'short', 'x-team': 'long-enough-value' },
  base_url: 'https://api.example.com/v1',
  outbound_proxy: 'http://me:p@ss@proxy.example:3128/',
};

describe('a record that is shown', () => {
  test('has its channel’s secrets masked, and nothing else', () => {
    expect(masked(CHANNEL, channel)).toEqual({
      platform: 'openai',
      api_key: '***ey-1',
      api_keys: ['***ey-2', 'env:KEY'],
      headers: { 'x-org': '***', 'x-team': '***alue' },
      base_url: 'https://api.example.com/v1',
      outbound_proxy: 'http://me:***@proxy.example:3128/',
    });
  });

  test('has its keys masked, the rotated ones among them', () => {
    const record = { key: 'pk-short', user: 'u', previous: [{ key: 'pk-long-enough', expires_at: 'x' }] };
    expect(masked(record, key)).toEqual({
      key: '***',
      user: 'u',
      previous: [{ key: '***ough', expires_at: 'x' }],
    });
  });

  test.each([
    ['http://token@proxy.example', 'http://***@proxy.example'],
    ['http://me:@proxy.example', 'http://me:***@proxy.example'],
    ['http://proxy.example/a@b', 'http://proxy.example/a@b'],
    ['env:PROXY', 'env:PROXY'],
  ])('shows the address %s as %s', (address, shown) => {
    expect(masked({ outbound_proxy: address }, channel)).toEqual({ outbound_proxy: shown });
  });

  test('shows no value of a wrong type where a secret belongs', () => {
    expect(masked({ api_key: 12345, headers: 'x' }, channel)).toEqual({ api_key: '***', headers: 'x' });
  });

  test('has the secrets of its platform’s settings masked', () => {
    const platform = { ...PLATFORMS[0], id: 'own', aliases: [], settings: z.object({ token: Secret }) };
    const placesOf = recordPlaces([...PLATFORMS, platform as (typeof PLATFORMS)[number]]);
    const record = { platform: 'own', api_key: 'channel-key-1', settings: { token: 'settings-token' } };
    expect(masked(record, placesOf('channels', record))).toEqual({
      platform: 'own',
      api_key: '***ey-1',
      settings: { token: '***oken' },
    });
    const other = { ...record, platform: 'openai' };
    expect(masked(other, placesOf('channels', other))).toMatchObject({
      settings: { token: 'settings-token' },
    });
  });

  test('of a user has no secrets, and the settings have one', () => {
    expect(secretPlaces(User)).toBeNull();
    expect(masked({ admin_token_hash: 'a'.repeat(64), log_level: 'info' }, secretPlaces(System))).toEqual({
      admin_token_hash: '***aaaa',
      log_level: 'info',
    });
  });
});

describe('a record that is sent', () => {
  test('is looked through for masks', () => {
    expect(maskedPlaces(masked(CHANNEL, channel), channel)).toEqual([
      ['api_key'],
      ['api_keys', 0],
      ['headers', 'x-org'],
      ['headers', 'x-team'],
      ['outbound_proxy'],
    ]);
    expect(maskedPlaces(CHANNEL, channel)).toEqual([]);
    expect(maskedPlaces({ name: '***' }, channel)).toEqual([]);
  });

  test('keeps the secrets it leaves out, and only those', () => {
    const next = { platform: 'openai', name: 'new', headers: { 'x-new': 'v' } };
    const { base_url: _, ...kept } = CHANNEL;
    expect(withKeptSecrets(next, CHANNEL, channel)).toEqual({
      ...kept,
      name: 'new',
      headers: { ...CHANNEL.headers, 'x-new': 'v' },
    });
  });

  test('loses those it sets to null, and replaces those it gives', () => {
    const next = { api_key: null, api_keys: ['other'], headers: { 'x-org': null }, outbound_proxy: null };
    expect(withKeptSecrets(next, CHANNEL, channel)).toEqual({
      api_keys: ['other'],
      headers: { 'x-team': 'long-enough-value' },
    });
    expect(withKeptSecrets({ headers: null }, { headers: CHANNEL.headers }, channel)).toEqual({});
  });
});

test('the secrets of a record alone are found where they stand', () => {
  const { platform: _, base_url: __, ...secrets } = CHANNEL;
  expect(secretsOf(CHANNEL, channel)).toEqual(secrets);
  expect(secretsOf({ name: 'x' }, channel)).toBeUndefined();
});
