import { definePlatform } from './define.ts';
import { openaiChat } from './small-calls.ts';

export const openai = definePlatform({
  id: 'openai',
  label: 'OpenAI',
  baseUrl: 'https://api.openai.com',
  basePrefixes: ['/v1'],
  hosts: ['api.openai.com', '.api.openai.com'],
  streamUsage: true,
  endsWithDone: true,
  smallCall: openaiChat('max_completion_tokens'),
  usualModels: [
    'gpt*',
    'chatgpt*',
    'o1*',
    'o3*',
    'o4*',
    'text-embedding-3*',
    'text-embedding-ada*',
    'dall-e*',
    'sora*',
    'whisper*',
    'tts*',
    'omni-moderation*',
  ],
  exampleModels: ['gpt-4o-mini'],
});
