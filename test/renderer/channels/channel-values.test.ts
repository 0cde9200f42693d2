import { expect, test } from 'vitest';
import { mergePatch } from '../../../src-renderer/api/merge-patch.ts';
import { membersOf, valuesOf } from '../../../src-renderer/features/channels/channel-values.ts';

const STORED = {
  id: 'main',
  name: 'Main',
  platform: 'azure',
  base_url: 'https://resource.example',
  models: ['gpt-*'],
  settings: { api_version: '2024-10-21', unknown_to_the_form: [1] },
  priority: 3,
  weight: 0.5,
  model_map: { small: 'large' },
  path_rewrite: { '/a': '/b' },
  websocket_endpoints: { '/c': '/d' },
  headers: { 'x-team': '***' },
  websocket_url: 'wss://resource.example',
  host: 'inner.example',
  supports_websocket: false,
  allow_private: true,
  connect_timeout: 2,
  timeout: 30,
  idle_timeout: 60,
  max_retries: 0,
  retry_timeouts: false,
  max_body: 1000,
  limits: { concurrency: 5 },
};

test('a form gives back the channel it was made of', () => {
  const { id: _, ...members } = STORED;
  expect(membersOf(valuesOf(STORED))).toEqual(members);
});

test('an empty form says nothing but the platform', () => {
  const members = Object.entries(membersOf(valuesOf({ platform: 'openai' })));
  expect(members.filter(([, value]) => value !== undefined)).toEqual([['platform', 'openai']]);
});

test('what was emptied is removed, what was not touched is not sent, and a masked header stays', () => {
  const values = valuesOf(STORED);
  const after = {
    ...values,
    host: ' ',
    timeout: '' as const,
    allow_private: '' as const,
    models: [],
    settings: { ...values.settings, api_version: '' },
    headers: [
      ...values.headers,
      { row: 1, name: ' x-new ', value: 'v' },
      { row: 2, name: '', value: 'lost' },
    ],
    max_body: 2,
  };
  expect(mergePatch(membersOf(values), membersOf(after))).toEqual({
    host: null,
    timeout: null,
    allow_private: null,
    models: null,
    settings: { api_version: null },
    headers: { 'x-new': 'v' },
    max_body: 2 * 1024 * 1024,
  });
});
