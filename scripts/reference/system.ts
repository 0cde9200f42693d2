import { DAYS, PER_MINUTE, SECONDS, type ToldMembers } from './told.ts';

const AMOUNT = ['an amount in `currency`', '以 `currency` 计的金额'] as const;

/** `system`, `prices`, `alerts`, what is beside the sections, and limits wherever they stand. */
export const SYSTEM: ToldMembers = {
  version: { text: ['The version of the schema.', '格式版本。'], example: 1 },
  system: { text: ['What concerns the whole program.', '整个程序的设置。'] },
  'system.proxy': { text: ['Where SDKs connect.', 'SDK 连接的监听。'] },
  'system.proxy.host': {
    text: [
      'An address of this computer, `localhost` for both loopback addresses, `0.0.0.0` for all. Counts from the next start.',
      '本机地址；`localhost` 表示两个回环地址，`0.0.0.0` 表示全部。下次启动生效。',
    ],
    byDefault: 'localhost',
    example: '0.0.0.0',
  },
  'system.proxy.port': {
    text: [
      'Its port; 0 picks a free one. Counts from the next start.',
      '端口；0 表示任选空闲端口。下次启动生效。',
    ],
    byDefault: 8001,
    example: 8001,
  },
  'system.proxy.tls': {
    text: [
      'Serves HTTPS and WSS. The files are read again when they change.',
      '提供 HTTPS 与 WSS。文件改变时会重新读取。',
    ],
  },
  'system.proxy.tls.cert': {
    text: ['The certificate and its chain, PEM: a path.', '证书及证书链（PEM）的路径。'],
    example: '/etc/aiproxy/tls/fullchain.pem',
  },
  'system.proxy.tls.key': {
    text: ['Its private key, PEM: a path.', '私钥（PEM）的路径。'],
    example: '/etc/aiproxy/tls/privkey.pem',
  },
  'system.proxy.behind_tls': {
    text: [
      'TLS ends in front of this listener: no warning that keys travel readable.',
      'TLS 在前面的代理终结：不再警告密钥明文传输。',
    ],
    byDefault: false,
    example: true,
  },
  'system.proxy.cors_origins': {
    text: [
      'Origins whose pages may call the proxy; `"*"` is any. Goes before `system.cors_origins`.',
      '允许调用代理的网页来源；`"*"` 表示任意。优先于 `system.cors_origins`。',
    ],
    byDefault: { en: '`"*"`; none once `anonymous_user` is set', zh: '`"*"`；设置 `anonymous_user` 后为无' },
    example: ['https://chat.example.com'],
  },
  'system.console': {
    text: ['Where admins connect: console and admin API.', '管理员连接的监听：控制台与管理 API。'],
  },
  'system.console.host': {
    text: [
      'As for the proxy. Anything but loopback needs `tls` or `behind_tls`.',
      '同代理。非回环地址需要 `tls` 或 `behind_tls`。',
    ],
    byDefault: 'localhost',
    example: '0.0.0.0',
  },
  'system.console.port': {
    text: ['Its port, another one than that of the proxy.', '端口，与代理不同。'],
    byDefault: 8002,
    example: 8002,
  },
  'system.console.tls': {
    text: ['Serves HTTPS. The files are read again when they change.', '提供 HTTPS。文件改变时会重新读取。'],
  },
  'system.console.tls.cert': {
    text: ['The certificate and its chain, PEM: a path.', '证书及证书链（PEM）的路径。'],
    example: '/etc/aiproxy/tls/fullchain.pem',
  },
  'system.console.tls.key': {
    text: ['Its private key, PEM: a path.', '私钥（PEM）的路径。'],
    example: '/etc/aiproxy/tls/privkey.pem',
  },
  'system.console.behind_tls': {
    text: ['TLS ends in front of this listener.', 'TLS 在前面的代理终结。'],
    byDefault: false,
    example: true,
  },
  'system.admin_token_hash': {
    text: [
      'SHA-256 of the admin token, hexadecimal. The first start writes it.',
      '管理员令牌的 SHA-256（十六进制），首次启动时写入。',
    ],
  },
  'system.console_origins': {
    text: [
      'Under which origins the console is reached, where that is not loopback.',
      '控制台被访问时的来源（非回环时填写）。',
    ],
    byDefault: { en: 'the loopback names and its port', zh: '回环名称加端口' },
    example: ['https://ai.example.com'],
  },
  'system.cors_origins': {
    text: [
      'As `system.proxy.cors_origins`, which goes before it.',
      '同 `system.proxy.cors_origins`，后者优先。',
    ],
    byDefault: { en: '`"*"`; none once `anonymous_user` is set', zh: '`"*"`；设置 `anonymous_user` 后为无' },
    example: ['https://chat.example.com'],
  },
  'system.anonymous_user': {
    text: [
      'The user as whom requests from this computer run that bring no known key: none at all, or one that is not known here. Disabled and expired keys are refused.',
      '来自本机、没有已知密钥（没带密钥或密钥未知）的请求以该用户身份运行。已停用或过期的密钥仍被拒绝。',
    ],
    byDefault: { en: 'none: a key is needed', zh: '无：必须有密钥' },
    example: 'guest',
  },
  'system.internal_allow': {
    text: ["Who besides this computer sees the gateway's own pages.", '除本机外谁可以看网关自己的页面。'],
  },
  'system.internal_allow.stats': {
    text: ['Addresses and ranges that may read `/stats`.', '可读取 `/stats` 的地址和网段。'],
    byDefault: { en: 'any address', zh: '任意地址' },
    example: ['10.0.0.0/8'],
  },
  'system.internal_allow.dashboard': {
    text: ['Addresses and ranges that may read `/dashboard`.', '可读取 `/dashboard` 的地址和网段。'],
    byDefault: { en: 'any address', zh: '任意地址' },
    example: ['10.0.0.0/8'],
  },
  'system.internal_allow.metrics': {
    text: ['Addresses and ranges that may read `/metrics`.', '可读取 `/metrics` 的地址和网段。'],
    byDefault: { en: 'this computer', zh: '仅本机' },
    example: ['10.0.5.20'],
  },
  'system.trusted_proxies': {
    text: ['Proxies in front whose `X-Forwarded-For` is believed.', '其 `X-Forwarded-For` 可信的前置代理。'],
    byDefault: { en: 'none', zh: '无' },
    example: ['127.0.0.1'],
  },
  'system.time_zone': {
    text: [
      'The IANA zone in which days and months begin, in logs and statistics.',
      '日志和统计中一天、一月开始所依据的 IANA 时区。',
    ],
    byDefault: { en: "the computer's", zh: '计算机的时区' },
    example: 'Asia/Shanghai',
  },
  'system.config_reload_interval': {
    text: [
      'How often the contents of the files are compared even where nothing seems to have changed. Changes are noticed within two seconds in any case.',
      '即使看不出变化，也按此间隔比较文件内容。修改总会在两秒内被发现。',
    ],
    unit: SECONDS,
    byDefault: 300,
    example: 60,
  },
  'system.log_level': {
    text: ["The least weight of what goes into the program's log.", '程序日志的最低级别。'],
    byDefault: 'info',
    example: 'debug',
  },
  'system.log_retention_days': {
    text: ['How long request and program logs are kept.', '请求日志和程序日志的保留时间。'],
    unit: DAYS,
    byDefault: 30,
    example: 90,
  },
  'system.max_connections': {
    text: [
      'Connections that may be open once they have shown a Proxy-Key; beyond that requests get 503.',
      '已出示 Proxy-Key 的连接数上限，超出时请求返回 503。',
    ],
    byDefault: 1000,
    example: 5000,
  },
  'system.rate_limit': {
    text: [
      'Limits for all together, see below. Read and kept; they have no effect in this version.',
      '全体的限制，见下文。会读取并保留；本版本中不起作用。',
    ],
  },
  'system.records': { text: ['What of requests may be kept.', '允许保留请求的哪些内容。'] },
  'system.records.bodies': {
    text: [
      'Whether bodies may ever be kept. Only the choice is stored: nothing keeps bodies in this version.',
      '是否允许保留请求体。仅保存选择：本版本不保留请求体。',
    ],
    example: 'never',
  },

  prices: { text: ['What models cost, by the glob of their names.', '模型价格，以模型名的通配模式为键。'] },
  'prices.*.model': {
    text: ['The models it is for, where that is not its id.', '适用的模型（与 id 不同时填写）。'],
    byDefault: { en: 'the id', zh: 'id' },
    example: 'gpt-4o*',
  },
  'prices.*.channel': {
    text: [
      'Only where this channel served the request; such a price goes before those for all channels.',
      '仅当由该渠道服务时适用；优先于面向所有渠道的价格。',
    ],
    example: 'azure',
  },
  'prices.*.input': { text: ['A million tokens of input.', '每百万输入令牌。'], unit: AMOUNT, example: 2.5 },
  'prices.*.output': {
    text: ['A million tokens of output, reasoning included.', '每百万输出令牌，含推理。'],
    unit: AMOUNT,
    example: 10,
  },
  'prices.*.cached_input': {
    text: [
      "A million tokens of input that came out of the platform's cache.",
      '每百万来自平台缓存的输入令牌。',
    ],
    unit: AMOUNT,
    byDefault: { en: 'as `input`', zh: '同 `input`' },
    example: 1.25,
  },
  'prices.*.characters': {
    text: ['A million characters spoken.', '每百万合成字符。'],
    unit: AMOUNT,
    example: 20,
  },
  'prices.*.seconds': { text: ['One second of sound.', '每秒音频。'], unit: AMOUNT, example: 0.0001 },
  'prices.*.request': {
    text: ['One request that was answered.', '每个已回答的请求。'],
    unit: AMOUNT,
    example: 0.01,
  },
  'prices.*.currency': {
    text: [
      'What the amounts are in. Nothing is converted: use one for all.',
      '金额的货币。不做换算：请统一使用一种。',
    ],
    example: 'USD',
  },
  alerts: { text: ['Read and kept; has no effect in this version.', '会读取并保留；本版本中不起作用。'] },

  'limits.requests_per_minute': { text: ['Requests.', '请求数。'], unit: PER_MINUTE, example: 60 },
  'limits.burst': { text: ['Requests that may come at once.', '可同时到来的请求数。'], example: 10 },
  'limits.tokens_per_minute': {
    text: ['Tokens, in and out.', '令牌数（输入加输出）。'],
    unit: PER_MINUTE,
    example: 100000,
  },
  'limits.concurrency': { text: ['Requests under way at a time.', '同时进行的请求数。'], example: 5 },
  'limits.quota': { text: ['What may be used in a period.', '一个周期内的用量。'] },
  'limits.quota[].per': { text: ['The period.', '周期。'], example: 'month' },
  'limits.quota[].requests': { text: ['Requests in it.', '周期内的请求数。'], example: 10000 },
  'limits.quota[].tokens': { text: ['Tokens in it.', '周期内的令牌数。'], example: 5000000 },
  'limits.quota[].cost': {
    text: ['Cost in it.', '周期内的费用。'],
    unit: ['an amount in the currency of the prices', '以价格货币计的金额'],
    example: 100,
  },
};
