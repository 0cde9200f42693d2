import type { LoggedRequest } from '../../../src-renderer/api/live-feed.ts';

/** A line of the request log. */
export function loggedRequest(members: Partial<LoggedRequest> = {}): LoggedRequest {
  return {
    v: 1,
    time: '2026-11-21T08:00:00.000Z',
    request_id: 'r1',
    user: 'usr_1',
    key_id: 'key_1',
    channel: 'ch_1',
    dialect: 'openai',
    endpoint: '/v1/chat/completions',
    method: 'POST',
    path: '/v1/chat/completions',
    protocol: 'http',
    status: 200,
    outcome: 'success',
    error_code: null,
    error_message: null,
    latency_ms: 120,
    ttfb_ms: 100,
    bytes_in: 10,
    bytes_out: 20,
    model: 'gpt-4o',
    tokens_in: 1,
    tokens_out: 2,
    tokens_cached: null,
    tokens_reasoning: null,
    characters: null,
    seconds: null,
    cost: null,
    client: '127.0.0.1',
    attempts: 1,
    ...members,
  };
}
