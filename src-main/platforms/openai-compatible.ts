import { z } from 'zod';
import { definePlatform } from './define.ts';

/** Any server that speaks OpenAI's paths: vLLM, SGLang, LM Studio, DeepSeek, Moonshot, Zhipu, Volcengine, … */
export const openaiCompatible = definePlatform({
  id: 'openai_compatible',
  aliases: ['openai-compatible'],
  label: 'OpenAI-compatible',
  hosts: [
    'api.deepseek.com',
    'api.moonshot.cn',
    'open.bigmodel.cn',
    '.volces.com',
    'openrouter.ai',
    'api.groq.com',
    'api.mistral.ai',
  ],
  streamUsage: true,
  settings: z.looseObject({
    /** Whether the server takes `stream_options`; `false` where it answers 400 to it. */
    stream_usage: z.boolean().optional(),
  }),
});
