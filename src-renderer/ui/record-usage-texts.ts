import { defineTexts } from './texts.ts';

/** The texts of what a record has used. */
export const useRecordUsageTexts = defineTexts(
  'record-usage',
  {
    title: 'Usage in the last 30 days',
    requests: 'Requests',
    success: 'Successful',
    failed: 'Failed',
    tokens: 'Tokens',
    latency: 'Median latency',
    chart: 'Requests by day',
    none: 'Nothing was used in the last 30 days.',
    toRequests: 'Show requests',
  },
  {
    title: '最近 30 天用量',
    requests: '请求数',
    success: '成功',
    failed: '失败',
    tokens: 'Token 数',
    latency: '延迟中位数',
    chart: '每日请求数',
    none: '最近 30 天没有用量。',
    toRequests: '查看请求',
  },
);
