import { defineTexts } from './texts.ts';

/** How requests end, and how they are spoken. */
export const useOutcomeTexts = defineTexts(
  'outcomes',
  {
    failure: 'All failures',
    success: 'Success',
    client_error: 'Client error',
    platform_error: 'Platform error',
    gateway_error: 'Gateway error',
    aborted: 'Client disconnected',
    partial: 'Interrupted',
    http: 'HTTP',
    sse: 'Stream (SSE)',
    websocket: 'WebSocket',
  },
  {
    failure: '所有失败',
    success: '成功',
    client_error: '客户端错误',
    platform_error: '平台错误',
    gateway_error: '网关错误',
    aborted: '客户端断开',
    partial: '已中断',
    http: 'HTTP',
    sse: '流式 (SSE)',
    websocket: 'WebSocket',
  },
);
