import { answers, BYTES, type Endpoint, form, json, type MemberType, WEBSOCKET } from './endpoint.ts';

const DOCS = 'https://platform.openai.com/docs/api-reference';
const MESSAGES = [{ role: 'user', content: 'Hello!' }];
const CHAT: Readonly<Record<string, MemberType>> = {
  model: 'string',
  messages: 'array',
  stream: 'boolean',
  temperature: 'number',
  max_completion_tokens: 'integer',
  tools: 'array',
};
const CHAT_ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello!' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
};
const IMAGES = answers({ created: 1_767_225_600, data: [{ b64_json: '…' }] });
const FILE = { id: 'file-1', object: 'file', bytes: 120, filename: 'batch.jsonl', purpose: 'batch' };
const BATCH = { id: 'batch_1', object: 'batch', status: 'in_progress', input_file_id: 'file-1' };
const EMBEDDINGS = {
  object: 'list',
  data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
  usage: { prompt_tokens: 2, total_tokens: 2 },
};

const BOUND =
  'What this makes belongs to who made it: its id leads to the same channel and API key again, and answers 404 to others.';

type Described = Omit<Endpoint, 'api' | 'docs'> & { readonly section: string };

const DESCRIBED: readonly Described[] = [
  {
    section: '/chat/create',
    method: 'post',
    path: '/v1/chat/completions',
    summary: 'Answers a conversation',
    description: 'Also at `/chat/completions`. Served by every platform that has it, each at its own place.',
    request: json(CHAT, { model: 'gpt-4o-mini', messages: MESSAGES }),
    answer: answers(CHAT_ANSWER, true),
  },
  {
    section: '/completions/create',
    method: 'post',
    path: '/v1/completions',
    summary: 'Continues a text (the older way)',
    request: json(
      { model: 'string', prompt: 'any', stream: 'boolean' },
      { model: 'gpt-3.5-turbo-instruct', prompt: 'Once' },
    ),
    answer: answers(
      { object: 'text_completion', choices: [{ index: 0, text: ' upon', finish_reason: 'length' }] },
      true,
    ),
  },
  {
    section: '/responses/create',
    method: 'post',
    path: '/v1/responses',
    summary: 'Makes a response',
    description: BOUND,
    request: json(
      { model: 'string', input: 'any', stream: 'boolean', previous_response_id: 'string', tools: 'array' },
      { model: 'gpt-4o-mini', input: 'Hello!' },
    ),
    answer: answers({ id: 'resp_1', object: 'response', status: 'completed', output: [] }, true),
  },
  {
    section: '/responses/get',
    method: 'get',
    path: '/v1/responses/{response_id}',
    summary: 'A response that was stored',
    answer: answers({ id: 'resp_1', object: 'response', status: 'completed', output: [] }),
  },
  {
    section: '/embeddings/create',
    method: 'post',
    path: '/v1/embeddings',
    summary: 'Turns texts into vectors',
    request: json(
      { model: 'string', input: 'any', dimensions: 'integer', encoding_format: 'string' },
      { model: 'text-embedding-3-small', input: 'Hello!' },
    ),
    answer: answers(EMBEDDINGS),
  },
  {
    section: '/models/list',
    method: 'get',
    path: '/v1/models',
    summary: 'The models of the channel',
    answer: answers({ object: 'list', data: [{ id: 'gpt-4o-mini', object: 'model', owned_by: 'openai' }] }),
  },
  {
    section: '/models/retrieve',
    method: 'get',
    path: '/v1/models/{model}',
    summary: 'One model',
    answer: answers({ id: 'gpt-4o-mini', object: 'model', owned_by: 'openai' }),
  },
  {
    section: '/images/create',
    method: 'post',
    path: '/v1/images/generations',
    summary: 'Draws an image',
    request: json(
      { model: 'string', prompt: 'string', n: 'integer', size: 'string' },
      { model: 'gpt-image-1', prompt: 'A lighthouse' },
    ),
    answer: IMAGES,
  },
  {
    section: '/images/createEdit',
    method: 'post',
    path: '/v1/images/edits',
    summary: 'Changes an image',
    request: form({ model: 'string', image: 'file', mask: 'file', prompt: 'string' }, ['image', 'prompt']),
    answer: IMAGES,
  },
  {
    section: '/images/createVariation',
    method: 'post',
    path: '/v1/images/variations',
    summary: 'Makes variations of an image',
    request: form({ model: 'string', image: 'file', n: 'integer' }, ['image']),
    answer: IMAGES,
  },
  {
    section: '/audio/createSpeech',
    method: 'post',
    path: '/v1/audio/speech',
    summary: 'Speaks a text',
    request: json(
      { model: 'string', input: 'string', voice: 'string', response_format: 'string' },
      { model: 'gpt-4o-mini-tts', input: 'Hello!', voice: 'alloy' },
    ),
    answer: BYTES,
  },
  {
    section: '/audio/createTranscription',
    method: 'post',
    path: '/v1/audio/transcriptions',
    summary: 'Writes down what is said',
    request: form({ file: 'file', model: 'string', language: 'string' }, ['file', 'model']),
    answer: answers({ text: 'Hello!' }),
  },
  {
    section: '/audio/createTranslation',
    method: 'post',
    path: '/v1/audio/translations',
    summary: 'Writes down in English what is said',
    request: form({ file: 'file', model: 'string' }, ['file', 'model']),
    answer: answers({ text: 'Hello!' }),
  },
  {
    section: '/files/create',
    method: 'post',
    path: '/v1/files',
    summary: 'Uploads a file',
    description: BOUND,
    request: form({ file: 'file', purpose: 'string' }, ['file', 'purpose']),
    answer: answers(FILE),
  },
  {
    section: '/files/list',
    method: 'get',
    path: '/v1/files',
    summary: 'Files',
    answer: answers({ object: 'list', data: [FILE] }),
  },
  {
    section: '/files/retrieve',
    method: 'get',
    path: '/v1/files/{file_id}',
    summary: 'One file',
    answer: answers(FILE),
  },
  {
    section: '/files/delete',
    method: 'delete',
    path: '/v1/files/{file_id}',
    summary: 'Deletes a file',
    answer: answers({ id: 'file-1', object: 'file', deleted: true }),
  },
  {
    section: '/files/retrieve-contents',
    method: 'get',
    path: '/v1/files/{file_id}/content',
    summary: 'What a file holds',
    answer: BYTES,
  },
  {
    section: '/batch/create',
    method: 'post',
    path: '/v1/batches',
    summary: 'Starts a batch of requests',
    description: BOUND,
    request: json(
      { input_file_id: 'string', endpoint: 'string', completion_window: 'string' },
      { input_file_id: 'file-1', endpoint: '/v1/chat/completions', completion_window: '24h' },
    ),
    answer: answers(BATCH),
  },
  {
    section: '/batch/retrieve',
    method: 'get',
    path: '/v1/batches/{batch_id}',
    summary: 'One batch',
    answer: answers(BATCH),
  },
  {
    section: '/batch/cancel',
    method: 'post',
    path: '/v1/batches/{batch_id}/cancel',
    summary: 'Stops a batch',
    answer: answers({ ...BATCH, status: 'cancelling' }),
  },
  {
    section: '/realtime-sessions/create-realtime-client-secret',
    method: 'post',
    path: '/v1/realtime/client_secrets',
    summary: 'Makes a secret with which a browser may begin a session',
    request: json(
      { session: 'object', expires_after: 'object' },
      { session: { type: 'realtime', model: 'gpt-realtime' } },
    ),
    answer: answers({ value: 'ek_…', expires_at: 1_767_225_600, session: { type: 'realtime' } }),
  },
  {
    section: '/realtime',
    method: 'get',
    path: '/v1/realtime',
    summary: 'Speaks over a WebSocket',
    description:
      'The model stands in the query, the key in a header or in the subprotocol `openai-insecure-api-key.<key>`. This page cannot open WebSockets; a channel without them answers 400 `websocket_not_supported` (426 at `/v1/responses`).',
    answer: WEBSOCKET,
  },
];

/** OpenAI's API, and whatever speaks it. */
export const OPENAI_ENDPOINTS: readonly Endpoint[] = DESCRIBED.map(({ section, ...endpoint }) => ({
  api: 'OpenAI',
  docs: `${DOCS}${section}`,
  ...endpoint,
}));

/** Azure OpenAI, whose deployments stand in the path. */
export const AZURE_ENDPOINTS: readonly Endpoint[] = [
  {
    api: 'Azure OpenAI',
    docs: 'https://learn.microsoft.com/azure/ai-foundry/openai/reference',
    method: 'post',
    path: '/openai/deployments/{deployment}/chat/completions',
    summary: 'Answers a conversation by a deployment',
    description:
      '`api-version` is added where the request names none. A canonical path works too: then the model names the deployment.',
    request: json(CHAT, { messages: MESSAGES }),
    answer: answers(CHAT_ANSWER, true),
  },
  {
    api: 'Azure OpenAI',
    docs: 'https://learn.microsoft.com/azure/ai-foundry/openai/reference',
    method: 'post',
    path: '/openai/deployments/{deployment}/embeddings',
    summary: 'Turns texts into vectors by a deployment',
    request: json({ input: 'any', dimensions: 'integer' }, { input: 'Hello!' }),
    answer: answers(EMBEDDINGS),
  },
];
