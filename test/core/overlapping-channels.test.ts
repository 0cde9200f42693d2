import { describe, expect, it } from 'vitest';
import { overlapOf, overlappingChannels } from '../../src-main/core/overlapping-channels.ts';
import { platformFacts } from '../../src-main/core/platform-facts.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';

const FACTS = platformFacts(PLATFORMS);
const channel = (platform: string, more = {}) => aChannel(platform, 'https://a.test', 'k', more);
const openai = channel('openai');
const dashscope = channel('dashscope');

const told = (channels: Record<string, ReturnType<typeof channel>>, users = { ann: aUser() }): string[] =>
  overlappingChannels(aDocument({ channels, users }), FACTS).map(({ message }) => message);

describe('two channels that both take any model', () => {
  it('are pointed out, with the usual models of the one that is never asked', () => {
    expect(told({ openai, dashscope })).toEqual([
      'openai and dashscope both take any model, so requests go to openai: write models: [qwen*, qwq*, qvq*, wan*, cosyvoice*, paraformer*, text-embedding-v*] at dashscope',
    ]);
  });

  it('are told in the order of their priority', () => {
    expect(told({ openai, dashscope: channel('dashscope', { priority: 1 }) })[0]).toMatch(
      /^dashscope and openai both take any model, so requests go to dashscope: write models: \[gpt\*, /,
    );
  });

  it('are told for either of them', () => {
    const document = aDocument({ channels: { openai, dashscope }, users: { ann: aUser() } });
    expect(overlapOf(document, FACTS, 'openai')).toEqual(overlapOf(document, FACTS, 'dashscope'));
    expect(overlapOf(document, FACTS, 'dashscope')).not.toBeNull();
  });

  it('are told with the usual models of the host', () => {
    const kimi = aChannel('openai_compatible', 'https://api.moonshot.cn/v1', 'k');
    expect(told({ openai, kimi })[0]).toMatch(/write models: \[kimi\*, moonshot\*\] at kimi$/);
    expect(told({ openai, own: channel('openai_compatible') })[0]).toMatch(/write the models of own$/);
  });

  it.each([
    ['one of them names its models', { openai, dashscope: channel('dashscope', { models: ['qwen*'] }) }],
    ['one of them is disabled', { openai, dashscope: channel('dashscope', { status: 'disabled' }) }],
    ['one of them speaks another language', { openai, claude: channel('anthropic') }],
    ['weights share the requests', { openai, dashscope: channel('dashscope', { weight: 1 }) }],
  ])('are nothing to say where %s', (_, channels) => expect(told(channels)).toEqual([]));

  it('are nothing to say where nobody may use both', () => {
    const users = { ann: aUser({ channels: ['openai'] }), bob: aUser({ channels: ['dashscope'] }) };
    expect(told({ openai, dashscope }, users)).toEqual([]);
  });
});
