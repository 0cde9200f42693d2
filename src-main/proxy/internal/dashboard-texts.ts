/** What the page of `/dashboard` says in one language. */
export interface DashboardTexts {
  /** BCP 47: of the page, and of its numbers and times. */
  readonly language: string;
  readonly title: string;
  readonly dashboard: string;
  /** The link to the page in the other language: its name there, and the address. */
  readonly other: { readonly name: string; readonly language: DashboardLanguage };
  readonly refresh: string;
  readonly noRefresh: string;
  readonly everySeconds: (seconds: number) => string;
  readonly system: string;
  readonly service: string;
  readonly version: string;
  readonly uptime: string;
  readonly keys: string;
  readonly updated: string;
  readonly requests: string;
  readonly total: string;
  readonly succeeded: string;
  readonly failed: string;
  readonly successRate: string;
  readonly latency: string;
  readonly last: string;
  readonly protocols: string;
  readonly http: string;
  readonly websocket: string;
  readonly connections: string;
  readonly connectionRate: string;
  readonly channels: string;
  readonly channel: string;
  readonly channelRequests: string;
  readonly status: string;
  /** What the page's script writes. */
  readonly script: {
    readonly days: string;
    readonly hours: string;
    readonly minutes: string;
    readonly seconds: string;
    readonly active: string;
    readonly inactive: string;
    readonly noChannels: string;
    readonly noRequest: string;
    readonly unreadable: string;
    readonly silent: string;
    readonly off: string;
    /** `{seconds}` stands for the seconds that are left. */
    readonly next: string;
  };
}

export type DashboardLanguage = 'en' | 'zh';

/** The page in each language. The Chinese words are those of the page that people know from the older system. */
export const DASHBOARD_TEXTS: Readonly<Record<DashboardLanguage, DashboardTexts>> = {
  en: {
    language: 'en',
    title: 'AIProxy statistics',
    dashboard: 'Dashboard',
    other: { name: '中文', language: 'zh' },
    refresh: 'Refresh',
    noRefresh: 'Off',
    everySeconds: (seconds) => `every ${seconds} s`,
    system: 'System',
    service: 'Service',
    version: 'Version',
    uptime: 'Uptime',
    keys: 'Proxy-Keys',
    updated: 'Last updated',
    requests: 'Requests',
    total: 'Total',
    succeeded: 'Succeeded',
    failed: 'Failed',
    successRate: 'Success rate',
    latency: 'Average response time',
    last: 'Last request',
    protocols: 'Protocols',
    http: 'HTTP requests',
    websocket: 'WebSocket requests',
    connections: 'WebSocket connections',
    connectionRate: 'Connection rate',
    channels: 'Channels',
    channel: 'Channel',
    channelRequests: 'Requests',
    status: 'Status',
    script: {
      days: 'd',
      hours: 'h',
      minutes: 'min',
      seconds: 's',
      active: 'Active',
      inactive: 'Disabled',
      noChannels: 'No channels yet',
      noRequest: 'None yet',
      unreadable: 'The statistics cannot be read: ',
      silent: 'AIProxy does not answer',
      off: 'Refresh is off',
      next: 'Next refresh in {seconds} s',
    },
  },
  zh: {
    language: 'zh-CN',
    title: 'AIProxy 统计仪表板',
    dashboard: '仪表板',
    other: { name: 'English', language: 'en' },
    refresh: '自动刷新',
    noRefresh: '不刷新',
    everySeconds: (seconds) => `${seconds} 秒`,
    system: '系统信息',
    service: '服务',
    version: '版本',
    uptime: '运行时间',
    keys: '密钥数量',
    updated: '最后更新',
    requests: '请求统计',
    total: '总请求数',
    succeeded: '成功请求',
    failed: '失败请求',
    successRate: '成功率',
    latency: '平均响应时间',
    last: '最后请求',
    protocols: '协议统计',
    http: 'HTTP 请求',
    websocket: 'WebSocket 请求',
    connections: 'WebSocket 连接',
    connectionRate: '连接率',
    channels: '渠道统计',
    channel: '渠道名称',
    channelRequests: '请求数',
    status: '状态',
    script: {
      days: '天',
      hours: '小时',
      minutes: '分',
      seconds: '秒',
      active: '活跃',
      inactive: '非活跃',
      noChannels: '还没有配置渠道',
      noRequest: '暂无',
      unreadable: '无法读取统计数据：',
      silent: 'AIProxy 没有应答',
      off: '自动刷新已关闭',
      next: '下次刷新: {seconds}秒',
    },
  },
};

const LANGUAGES = /^(en|zh)\b/i;

/**
 * The language of the page: the one of `?lang=`, else the first that the browser names of those there are
 * (RFC 9110 §12.5.4; browsers list theirs in order), else Chinese, as the older system's page was.
 */
export function dashboardLanguage(query: string, acceptLanguage: string): DashboardLanguage {
  const wanted = [new URLSearchParams(query).get('lang') ?? '', ...acceptLanguage.split(',')];
  const found = wanted.map((name) => LANGUAGES.exec(name.trim())?.[1]?.toLowerCase());
  return found.find((name) => name === 'en' || name === 'zh') ?? 'zh';
}
