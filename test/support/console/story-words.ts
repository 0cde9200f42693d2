/** What stands on the screens that a whole story goes through. */
export interface StoryWords {
  readonly language: 'en-GB' | 'zh-CN';
  readonly addChannel: string;
  readonly address: string;
  readonly apiKey: string;
  readonly connection: RegExp;
  readonly privateAddresses: string;
  readonly yes: string;
  readonly newUser: string;
  readonly name: string;
  readonly all: string;
  readonly create: string;
  readonly newKey: string;
  readonly moreWays: string;
  readonly putKeyIn: string;
  readonly copy: string;
  readonly copied: string;
  readonly send: string;
  readonly works: string;
  readonly usage: string;
  readonly figures: string;
  readonly export: string;
}

/** The same story in both languages. */
export const STORY_WORDS: readonly StoryWords[] = [
  {
    language: 'en-GB',
    addChannel: 'Add channel',
    address: 'Address',
    apiKey: 'API key',
    connection: /^Connection/,
    privateAddresses: 'Private addresses',
    yes: 'Yes',
    newUser: 'New user',
    name: 'Name',
    all: 'All',
    create: 'Create',
    newKey: 'New Proxy-Key',
    moreWays: 'More ways to connect',
    putKeyIn: 'Insert key',
    copy: 'Copy',
    copied: 'Copied',
    send: 'Send a test request',
    works: 'It works',
    usage: 'Usage',
    figures: 'Figures',
    export: 'Export',
  },
  {
    language: 'zh-CN',
    addChannel: '添加渠道',
    address: '地址',
    apiKey: 'API 密钥',
    connection: /^连接/,
    privateAddresses: '私有地址',
    yes: '是',
    newUser: '新建用户',
    name: '姓名',
    all: '全部',
    create: '创建',
    newKey: '新建 Proxy-Key',
    moreWays: '更多接入方式',
    putKeyIn: '填入密钥',
    copy: '复制',
    copied: '已复制',
    send: '发送测试请求',
    works: '成功',
    usage: '用量',
    figures: '明细',
    export: '导出',
  },
];
