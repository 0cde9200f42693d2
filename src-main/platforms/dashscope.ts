import { definePlatform } from './define.ts';
import { openaiModels } from './model-lists.ts';

const OWN_PATHS = /^\/(?:compatible-mode|compatible-api|api-ws|apps)\/|^\/api\/v(?:1|2\/apps\/protocols)\//;

/** Alibaba Bailian: one host with an OpenAI-compatible surface, a native one and WebSockets. */
export const dashscope = definePlatform({
  id: 'dashscope',
  aliases: ['aliyun', 'bailian'],
  label: 'Alibaba DashScope',
  dialect: 'dashscope',
  baseUrl: 'https://dashscope.aliyuncs.com',
  basePrefixes: [
    '/compatible-mode/v1',
    '/compatible-mode',
    '/api/v1',
    '/api-ws/v1/inference',
    '/api-ws/v1/realtime',
    '/api-ws/v1',
  ],
  hosts: [
    'dashscope.aliyuncs.com',
    'dashscope-intl.aliyuncs.com',
    'dashscope-us.aliyuncs.com',
    '.dashscope.aliyuncs.com',
  ],
  ownsPath: (path) => OWN_PATHS.test(path),
  place: (operation) => {
    if (operation.path === '/v1/realtime') return '/api-ws/v1/realtime';
    return operation.dialect === 'openai' ? `/compatible-mode${operation.path}` : null;
  },
  streamUsage: true,
  endsWithDone: true,
  modelList: openaiModels('/compatible-mode/v1/models'),
  usualModels: ['qwen*', 'qwq*', 'qvq*', 'wan*', 'cosyvoice*', 'paraformer*', 'text-embedding-v*'],
  exampleModels: ['qwen-plus'],
});
