import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { checkChannel } from '../../src-main/core/check-channel.ts';
import { classify } from '../../src-main/core/classify.ts';
import { compileChannel } from '../../src-main/core/compiled-channel.ts';
import { meantAddress } from '../../src-main/core/pasted-address.ts';
import { platformFacts } from '../../src-main/core/platform-facts.ts';
import { upstreamPath } from '../../src-main/core/upstream-path.ts';
import { PLATFORMS, platformOf } from '../../src-main/platforms/registry.ts';

/** Where a request ends up, and what the check of the document says. */
function sentTo(platform: string, base_url: string, path: string, more: Partial<Channel> = {}) {
  const found = platformOf(platform);
  if (found === undefined) throw new Error(`no platform ${platform}`);
  const members: Channel = { platform, base_url, api_key: 'k', ...more };
  const channel = compileChannel('c', members, found, {});
  const operation = classify(path, null);
  const model = operation.model ?? 'gpt-4o';
  const place = { channel, operation, path, query: '', model, isCredential: () => false, sought: null };
  const issues = checkChannel(members, [], platformFacts(PLATFORMS)).map(({ message }) => message);
  return { url: channel.base.origin + upstreamPath(place), issues };
}

const CHAT = '/v1/chat/completions';
const AZURE = 'https://r.openai.azure.com';
const AT_AZURE = `${AZURE}/openai/deployments/gpt-4o/chat/completions?api-version=`;
const GEMINI = 'https://generativelanguage.googleapis.com';
const GENERATE = '/v1beta/models/gemini-2.5-flash:generateContent';

describe('an address as people paste it leads where it was meant to:', () => {
  it.each([
    ['gemini', `${GEMINI}/v1`, GENERATE, GEMINI + GENERATE],
    ['gemini', `${GEMINI}/v1beta/`, GENERATE, GEMINI + GENERATE],
    ['gemini', `${GEMINI}/v1alpha`, CHAT, `${GEMINI}/v1beta/openai/chat/completions`],
    ['gemini', `${GEMINI}/v1beta/openai/`, CHAT, `${GEMINI}/v1beta/openai/chat/completions`],
    ['gemini', `${GEMINI}/v1beta/models/gemini-2.5-flash:generateContent`, GENERATE, GEMINI + GENERATE],
    ['azure', `${AZURE}/openai/deployments/gpt-4o`, CHAT, `${AT_AZURE}2024-10-21`],
    ['azure', `${AZURE}/openai/deployments/gpt-4o/`, CHAT, `${AT_AZURE}2024-10-21`],
    ['azure', `${AZURE}/openai/deployments/`, CHAT, `${AT_AZURE}2024-10-21`],
    [
      'azure',
      `${AZURE}/OpenAI/Deployments/GPT-4o/Chat/Completions?api-version=2024-06-01`,
      CHAT,
      `${AT_AZURE}2024-06-01`,
    ],
    ['azure', `${AT_AZURE}2025-01-01-preview`, CHAT, `${AT_AZURE}2025-01-01-preview`],
    ['azure', `${AZURE}/openai/v1/`, CHAT, `${AT_AZURE}2024-10-21`],
    ['openai_compatible', 'https://a.test/v1/chat/completions', CHAT, 'https://a.test/v1/chat/completions'],
    [
      'openai_compatible',
      'https://a.test/api/v3/chat/completions',
      CHAT,
      'https://a.test/api/v3/chat/completions',
    ],
    ['openai_compatible', 'https://a.test/v1/v1', CHAT, 'https://a.test/v1/chat/completions'],
    ['openai_compatible', 'https://a.test/v1/models', CHAT, 'https://a.test/v1/chat/completions'],
    ['openai_compatible', '  "https://a.test/v1//" ', CHAT, 'https://a.test/v1/chat/completions'],
    ['openai_compatible', 'a.test/v1', CHAT, 'https://a.test/v1/chat/completions'],
    ['openai', 'https://api.openai.com/v1/v1/', CHAT, 'https://api.openai.com/v1/chat/completions'],
    ['openai', 'HTTPS://API.OpenAI.com/V1', CHAT, 'https://api.openai.com/v1/chat/completions'],
    ['openai', '“https：//api.openai.com/v1”，', CHAT, 'https://api.openai.com/v1/chat/completions'],
    ['openai', '<https://api.openai.com/v1/responses>', CHAT, 'https://api.openai.com/v1/chat/completions'],
    [
      'anthropic',
      'https://api.anthropic.com/v1/messages',
      '/v1/messages',
      'https://api.anthropic.com/v1/messages',
    ],
    [
      'dashscope',
      'https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation',
      CHAT,
      'https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions',
    ],
  ])('%s %s', (platform, address, path, url) => {
    expect(sentTo(platform, address, path)).toEqual({ url, issues: [] });
  });
});

describe('what people paste is understood:', () => {
  it.each([
    ['api-version=2025-04-01-preview', '2025-04-01-preview'],
    ['?api-version=2024-06-01', '2024-06-01'],
    ['API-Version: 2024-06-01', '2024-06-01'],
    ['"api-version": "2024-06-01"', '2024-06-01'],
    [' "2024-06-01" ', '2024-06-01'],
    ['2024-06-01T00:00:00.000Z', '2024-06-01'],
    ['preview', 'preview'],
    [new Date('2024-06-01'), '2024-06-01'],
    [`${AT_AZURE}2024-06-01&x=y`, '2024-06-01'],
  ])('the version of an Azure API written as %s', (api_version, version) => {
    const sent = sentTo('azure', AZURE, CHAT, { settings: { api_version } });
    expect(sent).toEqual({ url: AT_AZURE + version, issues: [] });
  });

  it.each([
    ['localhost:11434', 'http://localhost:11434'],
    ['10.1.2.3:8000/v1', 'http://10.1.2.3:8000/v1'],
    ['[::1]:8000', 'http://[::1]:8000'],
    ['llm:8000', 'http://llm:8000'],
    ['box.lan/v1', 'http://box.lan/v1'],
    ['api.example.com:8443/v1', 'https://api.example.com:8443/v1'],
    ['env:NAME', 'env:NAME'],
    ['nothing', 'nothing'],
    // A key in the wrong field is no host.
    ['pk-abcd.efgh.ijkl', 'pk-abcd.efgh.ijkl'],
    ['sk-abcd.efgh:443', 'sk-abcd.efgh:443'],
    ['ftp://a.test', 'ftp://a.test'],
  ])('%s without a scheme', (written, meant) => {
    expect(meantAddress(written)).toBe(meant);
  });
});

it.each(['the newest', '2024/06/01', ''])('an Azure API has no version %j', (api_version) => {
  const { issues } = sentTo('azure', AZURE, CHAT, { settings: { api_version } });
  expect(issues).toEqual(['settings.api_version: is no version such as 2024-10-21']);
});

it.each([
  ['http://10.1.2.3:8000/v1', 'base_url: 10.1.2.3 is a private address, which needs allow_private: true'],
  ['192.168.1.5:8000', 'base_url: 192.168.1.5 is a private address, which needs allow_private: true'],
  ['nothing', 'base_url: is not a URL such as https://api.example.com'],
])('a server at %s is refused with what to write', (address, message) => {
  expect(sentTo('openai_compatible', address, CHAT, {}).issues).toEqual([message]);
});
