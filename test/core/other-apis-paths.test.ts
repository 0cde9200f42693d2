import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src-main/core/candidates.ts';
import { classifySent } from '../../src-main/core/classify.ts';
import { compileChannel } from '../../src-main/core/compiled-channel.ts';
import { route } from '../../src-main/core/route.ts';
import { upstreamPath } from '../../src-main/core/upstream-path.ts';
import { platformOf } from '../../src-main/platforms/registry.ts';

/** Channels of these platforms, best first. */
function candidates(...platforms: readonly string[]): Candidate[] {
  return platforms.map((id, at) => {
    const platform = platformOf(id);
    if (platform === undefined) throw new Error(`no platform ${id}`);
    const channel = compileChannel(
      id,
      { platform: id, base_url: 'https://a.example', api_key: 'k' },
      platform,
      {},
    );
    return { channel, priority: at, weight: null };
  });
}

/** Where a request goes: the channel, and the path there. */
function sentTo(path: string, sdk: 'anthropic' | null, ...platforms: readonly string[]): string {
  const all = candidates(...platforms);
  const operation = classifySent(path, sdk);
  const { channel } = route({
    candidates: {
      all,
      byId: new Map(),
      shortlists: new Map(),
      needsModel: false,
      maxInspected: 0,
    },
    operation,
    explicit: null,
    bound: null,
    model: 'm',
    webSocket: false,
    draw: 0,
  });
  const place = { channel, operation, path, query: '', model: 'm', isCredential: () => false, sought: null };
  return `${channel.id} ${upstreamPath(place)}`;
}

describe('what an Anthropic client asks for', () => {
  it.each([
    ['/messages', 'anthropic /v1/messages'],
    ['/messages/count_tokens', 'anthropic /v1/messages/count_tokens'],
    ['/messages/batches', 'anthropic /v1/messages/batches'],
    ['/models', 'anthropic /v1/models'],
    ['/complete', 'anthropic /v1/complete'],
    ['/v1/messages', 'anthropic /v1/messages'],
    ['/something/new', 'anthropic /something/new'],
  ])('at %s goes to the Anthropic channel: %s', (path, place) => {
    expect(sentTo(path, 'anthropic', 'openai', 'dashscope', 'anthropic')).toBe(place);
  });

  it('without Anthropic goes to a server of any kind before it goes to another platform', () => {
    expect(sentTo('/something/new', 'anthropic', 'openai', 'custom')).toBe('custom /something/new');
  });

  it('at /messages is understood without its header too', () => {
    expect(sentTo('/messages', null, 'openai', 'anthropic')).toBe('anthropic /v1/messages');
  });
});

describe('what stands at DashScope alone', () => {
  it.each([
    ['/apps/anthropic/v1/messages', 'anthropic'],
    ['/apps/anthropic/v1/messages', null],
    ['/api/v2/apps/protocols/compatible-mode/v1/responses', null],
    ['/compatible-mode/v1/chat/completions', null],
  ] as const)('%s goes there as it came', (path, sdk) => {
    expect(sentTo(path, sdk, 'openai', 'anthropic', 'dashscope')).toBe(`dashscope ${path}`);
  });

  it('goes to a server of any kind before it goes to another platform', () => {
    expect(sentTo('/apps/anthropic/v1/messages', null, 'openai', 'aiproxy')).toMatch(/^aiproxy /);
  });
});

it.each([
  ['/embeddings', 'openai /v1/embeddings'],
  ['/models', 'openai /v1/models'],
  ['/chat/completions', 'openai /v1/chat/completions'],
])('%s keeps working without /v1', (path, place) => {
  expect(sentTo(path, null, 'openai', 'anthropic')).toBe(place);
});
