import { inLanguage } from '../../ui/language.ts';

const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

const EN = {
  alive: 'AIProxy is running.',
  unreachable: 'AIProxy does not answer.',
  version: 'Version',
  address: 'Address for SDKs',
  uptime: 'Running for',
  today: 'Today',
  used: (requests: number, tokens: number) => `${counted(requests, 'request')}, ${counted(tokens, 'token')}`,
  dashboard: 'Usage dashboard',
  docs: 'API',
  signOut: 'Sign out',
  days: (days: number) => `${days} d`,
  hours: (hours: number) => `${hours} h`,
  minutes: (minutes: number) => `${minutes} min`,
  seconds: (seconds: number) => `${seconds} s`,
};

const ZH: typeof EN = {
  alive: 'AIProxy 正在运行。',
  unreachable: 'AIProxy 没有响应。',
  version: '版本',
  address: 'SDK 地址',
  uptime: '已运行',
  today: '今日',
  used: (requests, tokens) =>
    `${requests.toLocaleString('zh')} 次请求，${tokens.toLocaleString('zh')} 个 token`,
  dashboard: '统计仪表板',
  docs: 'API',
  signOut: '退出登录',
  days: (days) => `${days} 天`,
  hours: (hours) => `${hours} 小时`,
  minutes: (minutes) => `${minutes} 分钟`,
  seconds: (seconds) => `${seconds} 秒`,
};

export type Strings = typeof EN;

/** The texts of the page behind the sign-in in the reader's language. */
export const stringsFor = (language: string): Strings => inLanguage(language, { en: EN, zh: ZH });
