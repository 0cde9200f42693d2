import { answers, type Endpoint, json, WEBSOCKET } from './endpoint.ts';

const ANTHROPIC = 'https://docs.anthropic.com/en/api';
const GEMINI = 'https://ai.google.dev/api';
const OLLAMA = 'https://github.com/ollama/ollama/blob/main/docs/api.md';
const BAILIAN = 'https://help.aliyun.com/zh/model-studio';

const MESSAGES = [{ role: 'user', content: 'Hello!' }];
const CONTENTS = [{ role: 'user', parts: [{ text: 'Hello!' }] }];
const GENERATED = {
  candidates: [{ content: { role: 'model', parts: [{ text: 'Hello!' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 2, totalTokenCount: 4 },
};
const contents = json(
  { contents: 'array', systemInstruction: 'object', generationConfig: 'object', tools: 'array' },
  { contents: CONTENTS },
);

/** Anthropic's API. Its SDK's base URL is the bare address of the proxy, without `/v1`. */
export const ANTHROPIC_ENDPOINTS: readonly Endpoint[] = [
  {
    api: 'Anthropic',
    method: 'post',
    path: '/v1/messages',
    summary: 'Answers a conversation',
    docs: `${ANTHROPIC}/messages`,
    request: json(
      {
        model: 'string',
        max_tokens: 'integer',
        messages: 'array',
        system: 'any',
        stream: 'boolean',
        tools: 'array',
      },
      { model: 'claude-sonnet-4-6', max_tokens: 100, messages: MESSAGES },
    ),
    answer: answers(
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'text', text: 'Hello!' }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 9, output_tokens: 2 },
      },
      true,
    ),
  },
  {
    api: 'Anthropic',
    method: 'post',
    path: '/v1/messages/count_tokens',
    summary: 'Counts the tokens of a conversation',
    docs: `${ANTHROPIC}/messages-count-tokens`,
    request: json({ model: 'string', messages: 'array' }, { model: 'claude-sonnet-4-6', messages: MESSAGES }),
    answer: answers({ input_tokens: 9 }),
  },
  {
    api: 'Anthropic',
    method: 'post',
    path: '/v1/messages/batches',
    summary: 'Starts a batch of messages',
    docs: `${ANTHROPIC}/creating-message-batches`,
    request: json(
      { requests: 'array' },
      { requests: [{ custom_id: 'one', params: { model: 'claude-sonnet-4-6' } }] },
    ),
    answer: answers({ id: 'msgbatch_1', type: 'message_batch', processing_status: 'in_progress' }),
  },
];

/** Gemini's API. Its SDK's base URL is the bare address of the proxy. */
export const GEMINI_ENDPOINTS: readonly Endpoint[] = [
  {
    api: 'Gemini',
    method: 'get',
    path: '/v1beta/models',
    summary: 'The models of the channel',
    docs: `${GEMINI}/models#method:-models.list`,
    answer: answers({ models: [{ name: 'models/gemini-2.5-flash' }] }),
  },
  {
    api: 'Gemini',
    method: 'post',
    path: '/v1beta/models/{model}:generateContent',
    summary: 'Answers a conversation',
    docs: `${GEMINI}/generate-content#method:-models.generatecontent`,
    request: contents,
    answer: answers(GENERATED),
  },
  {
    api: 'Gemini',
    method: 'post',
    path: '/v1beta/models/{model}:streamGenerateContent',
    summary: 'Answers a conversation piece by piece',
    description: 'As server-sent events with `?alt=sse`, else as one JSON array.',
    docs: `${GEMINI}/generate-content#method:-models.streamgeneratecontent`,
    request: contents,
    answer: answers([GENERATED], true),
  },
  {
    api: 'Gemini',
    method: 'post',
    path: '/v1beta/models/{model}:countTokens',
    summary: 'Counts the tokens of a conversation',
    docs: `${GEMINI}/tokens`,
    request: json({ contents: 'array' }, { contents: CONTENTS }),
    answer: answers({ totalTokens: 2 }),
  },
  {
    api: 'Gemini',
    method: 'post',
    path: '/v1beta/models/{model}:embedContent',
    summary: 'Turns a text into a vector',
    docs: `${GEMINI}/embeddings`,
    request: json({ content: 'object' }, { content: { parts: [{ text: 'Hello!' }] } }),
    answer: answers({ embedding: { values: [0.1, 0.2] } }),
  },
];

/** DashScope's own API; it also answers OpenAI's paths, at `/compatible-mode/v1`. */
export const DASHSCOPE_ENDPOINTS: readonly Endpoint[] = [
  {
    api: 'DashScope',
    method: 'post',
    path: '/compatible-mode/v1/chat/completions',
    summary: "Answers a conversation, in OpenAI's shape",
    docs: `${BAILIAN}/qwen-api-reference`,
    request: json(
      { model: 'string', messages: 'array', stream: 'boolean' },
      { model: 'qwen-plus', messages: MESSAGES },
    ),
    answer: answers({ id: 'chatcmpl-1', object: 'chat.completion', choices: [] }, true),
  },
  {
    api: 'DashScope',
    method: 'post',
    path: '/api/v1/services/aigc/text-generation/generation',
    summary: 'Answers a conversation, in its own shape',
    description: 'As server-sent events with the header `X-DashScope-SSE: enable`.',
    docs: `${BAILIAN}/qwen-api-reference`,
    request: json(
      { model: 'string', input: 'object', parameters: 'object' },
      { model: 'qwen-plus', input: { messages: MESSAGES }, parameters: { result_format: 'message' } },
      ['model', 'input'],
    ),
    answer: answers(
      {
        request_id: '…',
        output: { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Hello!' } }] },
        usage: { input_tokens: 2, output_tokens: 2 },
      },
      true,
    ),
  },
  {
    api: 'DashScope',
    method: 'post',
    path: '/api/v1/services/embeddings/text-embedding/text-embedding',
    summary: 'Turns texts into vectors',
    docs: `${BAILIAN}/text-embedding-synchronous-api`,
    request: json(
      { model: 'string', input: 'object' },
      { model: 'text-embedding-v4', input: { texts: ['Hello!'] } },
    ),
    answer: answers({ output: { embeddings: [{ text_index: 0, embedding: [0.1, 0.2] }] } }),
  },
  {
    api: 'DashScope',
    method: 'get',
    path: '/api/v1/tasks/{task_id}',
    summary: 'A task that was begun with `X-DashScope-Async: enable`',
    docs: `${BAILIAN}/manage-asynchronous-tasks`,
    answer: answers({ output: { task_id: '…', task_status: 'RUNNING' } }),
  },
  {
    api: 'DashScope',
    method: 'get',
    path: '/api-ws/v1/inference',
    summary: 'Speaks over a WebSocket',
    description: 'The model stands in the first frame (`run-task`). This page cannot open WebSockets.',
    docs: `${BAILIAN}/websocket-for-paraformer-real-time-service`,
    answer: WEBSOCKET,
  },
  {
    api: 'DashScope',
    method: 'get',
    path: '/api-ws/v1/realtime',
    summary: 'Speaks with a realtime model over a WebSocket',
    description: 'The model stands in the query. This page cannot open WebSockets.',
    docs: `${BAILIAN}/realtime`,
    answer: WEBSOCKET,
  },
];

/** Ollama's own API; it also answers OpenAI's paths. */
export const OLLAMA_ENDPOINTS: readonly Endpoint[] = [
  {
    api: 'Ollama',
    method: 'post',
    path: '/api/chat',
    summary: 'Answers a conversation',
    docs: `${OLLAMA}#generate-a-chat-completion`,
    request: json(
      { model: 'string', messages: 'array', stream: 'boolean' },
      { model: 'llama3.2', messages: MESSAGES },
    ),
    answer: answers({ model: 'llama3.2', message: { role: 'assistant', content: 'Hello!' }, done: true }),
  },
  {
    api: 'Ollama',
    method: 'post',
    path: '/api/generate',
    summary: 'Continues a text',
    docs: `${OLLAMA}#generate-a-completion`,
    request: json(
      { model: 'string', prompt: 'string', stream: 'boolean' },
      { model: 'llama3.2', prompt: 'Hello!' },
    ),
    answer: answers({ model: 'llama3.2', response: 'Hello!', done: true }),
  },
  {
    api: 'Ollama',
    method: 'post',
    path: '/api/embed',
    summary: 'Turns texts into vectors',
    docs: `${OLLAMA}#generate-embeddings`,
    request: json({ model: 'string', input: 'any' }, { model: 'all-minilm', input: 'Hello!' }),
    answer: answers({ model: 'all-minilm', embeddings: [[0.1, 0.2]] }),
  },
  {
    api: 'Ollama',
    method: 'get',
    path: '/api/tags',
    summary: 'The models of the channel',
    docs: `${OLLAMA}#list-local-models`,
    answer: answers({ models: [{ name: 'llama3.2:latest' }] }),
  },
];
