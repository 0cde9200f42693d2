import { z } from 'zod';
import { definePlatform } from './define.ts';

const MOONSHOT = ['kimi*', 'moonshot*'];

/** Hosts that offer models of one maker; OpenRouter, Groq and servers of one's own may have any. */
const BY_HOST = {
  'api.deepseek.com': ['deepseek*'],
  'api.moonshot.cn': MOONSHOT,
  'api.moonshot.ai': MOONSHOT,
  'open.bigmodel.cn': ['glm*', 'cogview*', 'cogvideo*', 'embedding-*'],
  '.volces.com': ['doubao*', 'ep-*'],
  'api.mistral.ai': [
    'mistral*',
    'ministral*',
    'magistral*',
    'codestral*',
    'devstral*',
    'pixtral*',
    'voxtral*',
  ],
  'api.x.ai': ['grok*'],
} as const;

/** Any server that speaks OpenAI's paths: vLLM, SGLang, LM Studio, DeepSeek, Moonshot, Zhipu, Volcengine, … */
export const openaiCompatible = definePlatform({
  id: 'openai_compatible',
  aliases: ['openai-compatible'],
  label: 'OpenAI-compatible',
  hosts: [
    'api.deepseek.com',
    'api.moonshot.cn',
    'api.moonshot.ai',
    'open.bigmodel.cn',
    '.volces.com',
    'openrouter.ai',
    'api.groq.com',
    'api.mistral.ai',
    'api.x.ai',
  ],
  usualModelsByHost: BY_HOST,
  streamUsage: true,
  settings: z.looseObject({
    /** Whether the server takes `stream_options`; `false` where it answers 400 to it. */
    stream_usage: z.boolean().optional(),
  }),
});
