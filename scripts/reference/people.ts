import { bounded, noted, type ToldMembers } from './told.ts';

/** `users`, `proxy_keys` and `groups`. */
export const PEOPLE: ToldMembers = {
  users: { text: ['The people and programs that may ask, by id.', '可以发出请求的人和程序，以 id 为键。'] },
  'users.*.name': {
    text: ['How they are called on screens and in exports.', '界面和导出中显示的名称。'],
    byDefault: { en: 'the id', zh: 'id' },
    example: '张三',
  },
  'users.*.department': {
    text: ['Their department, for filters and exports.', '部门，用于筛选和导出。'],
    example: '技术部',
  },
  'users.*.contact': {
    text: ['How to reach them; nothing is sent there.', '联系方式；AIProxy 不会向其发送任何内容。'],
  },
  'users.*.contact.email': { text: ['E-mail address.', '电子邮箱。'], example: 'zhang@example.com' },
  'users.*.contact.phone': { text: ['Telephone number.', '电话。'], example: '+86 10 5550 1234' },
  'users.*.group': {
    text: [
      'The group whose channels and models they also go by.',
      '所属的组，其渠道与模型规则也适用于该用户。',
    ],
    example: 'staff',
  },
  'users.*.status': {
    text: [
      'A disabled user is refused, and what is under way is ended.',
      '停用后其请求被拒绝，进行中的请求被结束。',
    ],
    byDefault: 'active',
    example: 'disabled',
  },
  'users.*.channels': {
    text: [
      'The channels they may use besides those of their group, by id; `"*"` is all there are.',
      '在组的渠道之外可用的渠道 id；`"*"` 表示全部。',
    ],
    byDefault: { en: 'none', zh: '无' },
    example: ['openai'],
  },
  'users.*.models': {
    text: [
      'Globs of the models they may use; group and Proxy-Key narrow it further.',
      '可用模型的通配模式；组和 Proxy-Key 会进一步收窄。',
    ],
    byDefault: { en: 'all', zh: '全部' },
    example: ['gpt-*'],
  },
  'users.*.ip_allowlist': {
    text: ['Addresses and ranges from which their keys are accepted.', '接受其密钥的地址和网段。'],
    byDefault: { en: 'any address', zh: '任意地址' },
    example: ['10.0.0.0/8'],
  },
  'users.*.notes': {
    text: ['Whatever an admin wants to remember.', '管理员的备注。'],
    example: 'until June',
  },
  ...bounded('users.*'),
  ...noted('users.*'),

  proxy_keys: {
    text: [
      'The Proxy-Keys that programs send, by id. The id is no secret.',
      '程序发送的 Proxy-Key，以 id 为键；id 不是秘密。',
    ],
  },
  'proxy_keys.*.key': {
    text: [
      'The key itself, or `env:NAME` for an environment variable. Each key stands once.',
      '密钥本身，或用 `env:NAME` 引用环境变量。每个密钥只能出现一次。',
    ],
    example: 'env:ZHANG_PROXY_KEY',
  },
  'proxy_keys.*.user': { text: ['The id of the user it belongs to.', '所属用户的 id。'], example: 'zhang' },
  'proxy_keys.*.name': {
    text: ['How it is called on screens.', '界面中显示的名称。'],
    byDefault: { en: 'the id', zh: 'id' },
    example: 'Laptop',
  },
  'proxy_keys.*.status': {
    text: [
      'A disabled key is refused, and what is under way with it is ended.',
      '停用后被拒绝，进行中的请求被结束。',
    ],
    byDefault: 'active',
    example: 'disabled',
  },
  'proxy_keys.*.channels': {
    text: [
      'Narrows the channels of the user, and orders them for this key.',
      '收窄用户的渠道，并为该密钥排序。',
    ],
    byDefault: { en: 'all of the user', zh: '用户的全部渠道' },
    example: [{ id: 'openai', priority: 1 }],
  },
  'proxy_keys.*.channels[].id': { text: ['The id of the channel.', '渠道 id。'], example: 'openai' },
  'proxy_keys.*.channels[].priority': {
    text: ['Its place in the order of this key; 1 is first.', '在该密钥中的顺序；1 最先。'],
    byDefault: { en: 'that of the channel', zh: '渠道自身的值' },
    example: 1,
  },
  'proxy_keys.*.channels[].weight': {
    text: ['Its share among channels of the same priority.', '同一优先级渠道之间的份额。'],
    byDefault: { en: 'that of the channel', zh: '渠道自身的值' },
    example: 3,
  },
  'proxy_keys.*.models': {
    text: [
      'Globs of the models it may be used for, among those that user and group allow.',
      '该密钥可用模型的通配模式，在用户和组允许的范围之内。',
    ],
    byDefault: { en: 'all', zh: '全部' },
    example: ['gpt-4o-mini'],
  },
  'proxy_keys.*.expires_at': {
    text: ['From this moment on it is refused.', '从该时刻起被拒绝。'],
    byDefault: { en: 'never', zh: '永不过期' },
    example: '2026-12-31T23:59:59+08:00',
  },
  'proxy_keys.*.previous': {
    text: ['Keys that were exchanged, each accepted until its time.', '轮换前的密钥，各自在到期前仍被接受。'],
  },
  'proxy_keys.*.previous[].key': {
    text: ['The former key, or `env:NAME`.', '旧密钥，或 `env:NAME`。'],
    example: 'env:ZHANG_OLD_KEY',
  },
  'proxy_keys.*.previous[].expires_at': {
    text: ['From this moment on the former key is refused.', '从该时刻起旧密钥被拒绝。'],
    example: '2026-03-08T09:00:00Z',
  },
  'proxy_keys.*.notes': {
    text: ['Whatever an admin wants to remember.', '管理员的备注。'],
    example: 'build server',
  },
  ...bounded('proxy_keys.*'),
  ...noted('proxy_keys.*'),

  groups: { text: ['Groups of users, by id.', '用户组，以 id 为键。'] },
  'groups.*.name': {
    text: ['How it is called on screens.', '界面中显示的名称。'],
    byDefault: { en: 'the id', zh: 'id' },
    example: 'Staff',
  },
  'groups.*.channels': {
    text: [
      'The channels that its users may use besides their own; `"*"` is all of them.',
      '组内用户在自己的渠道之外还可用的渠道；`"*"` 表示全部。',
    ],
    byDefault: { en: 'none', zh: '无' },
    example: ['openai', 'claude'],
  },
  'groups.*.models': {
    text: ['Globs of the models that its users may use.', '组内用户可用模型的通配模式。'],
    byDefault: { en: 'all', zh: '全部' },
    example: ['*-mini'],
  },
  ...bounded('groups.*'),
  ...noted('groups.*'),
};
