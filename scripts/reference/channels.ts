import { BYTES, noted, SECONDS, type ToldMembers } from './told.ts';

/** `channels`. */
export const CHANNELS: ToldMembers = {
  channels: {
    text: [
      'The configured platforms, by id. The id is what `x-aiproxy-channel` names.',
      '已配置的平台，以 id 为键；`x-aiproxy-channel` 中写的就是 id。',
    ],
  },
  'channels.*.name': {
    text: ['How it is called on screens.', '界面中显示的名称。'],
    byDefault: { en: 'the id', zh: 'id' },
    example: 'OpenAI, main account',
  },
  'channels.*.platform': {
    text: ['What speaks at the other end; the README lists the names.', '对端的平台；名称见 README。'],
    example: 'openai',
  },
  'channels.*.base_url': {
    text: ['Its address, or `env:NAME`.', '平台地址，或 `env:NAME`。'],
    byDefault: { en: "the platform's own", zh: '平台自己的地址' },
    example: 'https://api.openai.com',
  },
  'channels.*.websocket_url': {
    text: [
      'Where its WebSockets are, if elsewhere; `ws:` and `http:` mean the same, as do `wss:` and `https:`.',
      'WebSocket 的地址（若不同）；`ws:` 与 `http:`、`wss:` 与 `https:` 含义相同。',
    ],
    byDefault: { en: 'as `base_url`', zh: '同 `base_url`' },
    example: 'wss://voice.example.com',
  },
  'channels.*.host': {
    text: [
      'The name in `Host` and in TLS (SNI), where it is not that of the address.',
      '`Host` 和 TLS（SNI）中的名称，与地址不同时填写。',
    ],
    byDefault: { en: 'the name in `base_url`', zh: '`base_url` 中的名称' },
    example: 'api.example.com',
  },
  'channels.*.api_key': {
    text: ["The platform's key, or `env:NAME`.", '平台的 API 密钥，或 `env:NAME`。'],
    example: 'env:OPENAI_API_KEY',
  },
  'channels.*.api_keys': {
    text: [
      'Several keys of one account, in place of `api_key`; requests take turns.',
      '同一平台的多个密钥，代替 `api_key`；请求轮流使用。',
    ],
    example: ['env:OPENAI_KEY_1', 'env:OPENAI_KEY_2'],
  },
  'channels.*.status': {
    text: [
      'A disabled channel answers nobody, and what is under way through it is ended.',
      '停用后不再服务，进行中的请求被结束。',
    ],
    byDefault: 'active',
    example: 'disabled',
  },
  'channels.*.priority': {
    text: ['The order among channels that fit; 1 is first.', '合适的渠道之间的顺序；1 最先。'],
    byDefault: 100,
    example: 1,
  },
  'channels.*.weight': {
    text: [
      'Its share among channels of the same priority. Where none of them has one, the first one serves.',
      '同一优先级渠道之间的份额；都不填时由第一个服务。',
    ],
    byDefault: { en: '1 where another has one', zh: '其他渠道有值时为 1' },
    example: 3,
  },
  'channels.*.models': {
    text: [
      'Globs of the models it serves. A channel that lists the model goes before one that lists none.',
      '它服务的模型的通配模式。列出该模型的渠道先于没有列表的渠道。',
    ],
    byDefault: { en: 'any model', zh: '任意模型' },
    example: ['gpt-*', 'o3'],
  },
  'channels.*.model_map': {
    text: [
      "The platform's name for each model that clients name otherwise.",
      '客户端所用名称到平台所用名称的对应。',
    ],
    example: { 'gpt-4o': 'my-deployment' },
  },
  'channels.*.path_rewrite': {
    text: ['Beginnings of paths, and what stands in their place.', '路径开头的替换。'],
    example: { '/v1': '/openai/v1' },
  },
  'channels.*.websocket_endpoints': {
    text: ['The same for WebSockets only.', '仅用于 WebSocket 的路径替换。'],
    example: { '/v1/realtime': '/realtime' },
  },
  'channels.*.supports_websocket': {
    text: ['Whether WebSockets go through it.', '是否允许 WebSocket。'],
    byDefault: { en: "the platform's own", zh: '由平台决定' },
    example: false,
  },
  'channels.*.headers': {
    text: [
      "Sent with every request, in place of the client's headers of these names.",
      '随每个请求发送，取代客户端同名的头。',
    ],
    example: { 'OpenAI-Organization': 'org-example' },
  },
  'channels.*.connect_timeout': {
    text: [
      'How long a connection may take; all attempts together end after 4.5 s.',
      '建立连接的时限；全部尝试合计不超过 4.5 秒。',
    ],
    unit: SECONDS,
    byDefault: 4,
    example: 2,
  },
  'channels.*.timeout': {
    text: ['How long the platform may take to the first byte of its answer.', '平台返回第一个字节的时限。'],
    unit: SECONDS,
    byDefault: 600,
    example: 120,
  },
  'channels.*.idle_timeout': {
    text: ['How long the platform may be silent within an answer.', '回答过程中平台可以静默的时限。'],
    unit: SECONDS,
    byDefault: 300,
    example: 60,
  },
  'channels.*.max_retries': {
    text: [
      'How often a request is repeated that the platform never received.',
      '平台未收到的请求可重复的次数。',
    ],
    byDefault: 0,
    example: 2,
  },
  'channels.*.retry_timeouts': {
    text: [
      'Whether a request is repeated, too, that the platform did not answer in time.',
      '平台未按时回答时是否也重复。',
    ],
    byDefault: false,
    example: true,
  },
  'channels.*.max_body': {
    text: [
      'The largest request body; larger ones get 413. Left out, any size passes, and bodies up to 32 MiB are read for their model.',
      '请求体的上限，超出返回 413。不填则不限，其中不超过 32 MiB 的会被读取以获知模型。',
    ],
    unit: BYTES,
    byDefault: { en: 'no limit', zh: '不限' },
    example: 10485760,
  },
  'channels.*.outbound_proxy': {
    text: [
      'Read and kept; a channel that has it is refused in this version, because going around the proxy would be worse.',
      '会读取并保留；本版本会拒绝设置了它的渠道，因为绕过代理更糟。',
    ],
    example: 'http://proxy.example.com:3128',
  },
  'channels.*.allow_private': {
    text: [
      'Whether its address may be loopback or private. Link-local and metadata addresses are refused in any case.',
      '地址是否可以是回环或私网。链路本地和元数据地址始终被拒绝。',
    ],
    byDefault: {
      en: 'true for `ollama` and `aiproxy`, else false',
      zh: '`ollama` 与 `aiproxy` 为 true，其余为 false',
    },
    example: true,
  },
  'channels.*.limits': {
    text: [
      'Limits, see below. Read and kept; they have no effect in this version.',
      '限制，见下文。会读取并保留；本版本中不起作用。',
    ],
    example: { concurrency: 20 },
  },
  'channels.*.health': {
    text: ['Read and kept; has no effect in this version.', '会读取并保留；本版本中不起作用。'],
  },
  'channels.*.settings': {
    text: [
      'What belongs to one platform, such as `api_version` of Azure; `stream_usage: false` does not ask for the usage of streams.',
      '平台专属设置，如 Azure 的 `api_version`；`stream_usage: false` 表示不请求流式用量。',
    ],
    example: { stream_usage: false },
  },
  ...noted('channels.*'),
};
