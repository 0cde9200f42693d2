import { describe, expect, it } from 'vitest';
import { matchesHost, usualModelsAt } from '../../src-main/contract/host-models.ts';
import { openaiCompatible } from '../../src-main/platforms/openai-compatible.ts';

describe('the usual models of an address', () => {
  const at = (address: string | undefined) =>
    usualModelsAt(address, openaiCompatible.usualModelsByHost, ['any']);

  it.each([
    ['https://api.deepseek.com', ['deepseek*']],
    ['https://API.DeepSeek.com:443/v1/chat/completions', ['deepseek*']],
    [' "api.moonshot.cn/v1" ', ['kimi*', 'moonshot*']],
    ['https://api.moonshot.ai/v1', ['kimi*', 'moonshot*']],
    ['https://ark.cn-beijing.volces.com/api/v3', ['doubao*', 'ep-*']],
  ])('are those of its host: %s', (address, models) => expect(at(address)).toEqual(models));

  it.each([
    'https://api.deepseek.com.evil.test',
    'https://openrouter.ai/api',
    'http://localhost:8000',
    'env:URL',
    '',
    undefined,
  ])('are the platform’s where nothing is known of %s', (address) => expect(at(address)).toEqual(['any']));

  it('belong to hosts by which the platform is recognised', () => {
    for (const pattern of Object.keys(openaiCompatible.usualModelsByHost))
      expect(openaiCompatible.hosts).toContain(pattern);
  });
});

describe('a pattern of hosts', () => {
  it('with a dot in front means all names that end in it', () => {
    expect(matchesHost('.volces.com', 'ark.volces.com')).toBe(true);
    expect(matchesHost('.volces.com', 'volces.com')).toBe(false);
    expect(matchesHost('volces.com', 'ark.volces.com')).toBe(false);
  });
});
