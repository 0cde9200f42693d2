import { describe, expect, it } from 'vitest';
import type { Channel, ProxyKey } from '../../src-main/contract/document.ts';
import { type ClientSdk, classify } from '../../src-main/core/classify.ts';
import { route } from '../../src-main/core/route.ts';
import { aKey, aUser } from '../support/document-fixtures.ts';
import { holderOf, snapshotOf } from './snapshot-of.ts';

type Channels = Readonly<Record<string, Partial<Channel> & Pick<Channel, 'platform'>>>;

interface Asked {
  readonly path?: string;
  readonly sdk?: ClientSdk;
  readonly model?: string;
  readonly explicit?: string;
  readonly bound?: string;
  readonly draw?: number;
  readonly key?: Partial<ProxyKey>;
}

/** The channel a request goes to, or the code of its refusal. */
function routed(channels: Channels, asked: Asked = {}): string {
  const whole = Object.fromEntries(
    Object.entries(channels).map(([id, channel]) => [
      id,
      { base_url: 'https://example.test', api_key: `key-${id}`, ...channel },
    ]),
  );
  const snapshot = snapshotOf({
    users: { u: aUser() },
    proxy_keys: { k: aKey('u', 'pk', asked.key) },
    channels: whole,
  });
  const operation = classify(asked.path ?? '/v1/chat/completions', asked.sdk ?? null);
  try {
    const { candidates } = holderOf(snapshot, 'pk');
    const model = asked.model ?? operation.model;
    const { explicit = null, bound = null, draw = 0 } = asked;
    return route({ candidates, operation, explicit, bound, model, webSocket: false, draw }).channel.id;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const OPENAI = { platform: 'openai' };
const ANTHROPIC = { platform: 'anthropic' };
const GEMINI = { platform: 'gemini' };
const DASHSCOPE = { platform: 'dashscope' };
const OLLAMA = { platform: 'ollama' };
const EVERY = { anthropic: ANTHROPIC, gemini: GEMINI, dashscope: DASHSCOPE, openai: OPENAI, ollama: OLLAMA };

describe('an explicit choice', () => {
  it('goes before everything else', () => {
    expect(
      routed({ a: { ...OPENAI, priority: 1, models: ['m'] }, b: ANTHROPIC }, { explicit: 'b', model: 'm' }),
    ).toBe('b');
  });
  it('of a channel that is not permitted is refused', () => {
    expect(routed({ a: OPENAI, b: OPENAI }, { explicit: 'b', key: { channels: [{ id: 'a' }] } })).toBe(
      'channel_not_permitted',
    );
    expect(routed({ a: OPENAI }, { explicit: 'nowhere' })).toBe('channel_not_permitted');
  });
  it('of a disabled channel gets no other one', () => {
    expect(routed({ a: OPENAI, b: { ...OPENAI, status: 'disabled' } }, { explicit: 'b' })).toBe(
      'channel_unavailable',
    );
  });
});

describe('a path that a platform owns', () => {
  it.each([
    ['/v1/messages', 'anthropic'],
    ['/v1beta/models/m:generateContent', 'gemini'],
    ['/upload/v1beta/files', 'gemini'],
    ['/v1/models/m:generateContent', 'gemini'],
    ['/compatible-mode/v1/chat/completions', 'dashscope'],
    ['/api/v1/services/aigc/text-generation/generation', 'dashscope'],
    ['/api-ws/v1/inference', 'dashscope'],
    ['/api/chat', 'ollama'],
  ])('goes there: %s', (path, channel) => {
    expect(routed(EVERY, { path })).toBe(channel);
  });

  it.each([
    ['anthropic', 'anthropic'],
    ['gemini', 'gemini'],
    [undefined, 'gemini'],
  ] as const)('is one of several APIs: then the SDK says whose (%s)', (sdk, channel) => {
    expect(routed(EVERY, { path: '/v1/models', ...(sdk === undefined ? {} : { sdk }) })).toBe(channel);
  });

  it('does not narrow where nobody owns it', () => {
    expect(
      routed(
        { a: { ...OPENAI, priority: 2 }, b: { ...DASHSCOPE, priority: 1 } },
        { path: '/v1beta/models/m:generateContent' },
      ),
    ).toBe('b');
  });
});

describe('a canonical path', () => {
  it('belongs to every platform that can serve it', () => {
    expect(
      routed({
        a: { ...ANTHROPIC, priority: 1 },
        b: { ...DASHSCOPE, priority: 2 },
        c: { ...OPENAI, priority: 3 },
      }),
    ).toBe('b');
  });
  it('is not narrowed where nobody has a place for it', () => {
    expect(routed({ a: ANTHROPIC, b: ANTHROPIC })).toBe('a');
  });
});

describe('the requested model', () => {
  it('goes to those that list it, also by a pattern', () => {
    const channels = { a: { ...OPENAI, models: ['gpt-*'] }, b: { ...OPENAI, models: ['qwen-*'] } };
    expect(routed(channels, { model: 'qwen-max' })).toBe('b');
  });
  it('goes before priority', () => {
    expect(
      routed({ a: { ...OPENAI, priority: 1 }, b: { ...OPENAI, priority: 9, models: ['m'] } }, { model: 'm' }),
    ).toBe('b');
  });
  it('goes to those that list none where nobody lists it', () => {
    expect(routed({ a: { ...OPENAI, models: ['x'] }, b: OPENAI }, { model: 'm' })).toBe('b');
  });
  it('gets no channel where all list models and none matches', () => {
    expect(routed({ a: { ...OPENAI, models: ['x'] }, b: { ...OPENAI, models: ['y'] } }, { model: 'm' })).toBe(
      'no_channel',
    );
  });
  it('narrows nothing where there is none', () => {
    expect(routed({ a: { ...OPENAI, models: ['x'] }, b: OPENAI }, { path: '/v1/files' })).toBe('a');
  });
});
