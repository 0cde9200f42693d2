const EN = {
  running: 'AIProxy is running.',
  version: 'Version',
  address: 'Address for SDKs',
  since: 'Since',
  dashboard: 'Usage dashboard',
};

const ZH: typeof EN = {
  running: 'AIProxy 正在运行。',
  version: '版本',
  address: 'SDK 地址',
  since: '启动时间',
  dashboard: '统计仪表板',
};

export type Strings = typeof EN;

/** The texts of the first page in the browser's language: Chinese or else English. */
export function stringsFor(language: string): Strings {
  return /^zh\b/i.test(language) ? ZH : EN;
}
