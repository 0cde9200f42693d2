import {
  NO_USAGE,
  REQUEST_RECORD_VERSION,
  type RequestRecord,
} from '../../src-main/contract/request-record.ts';

/** A good chat request, with whatever a test wants otherwise. */
export function aRecord(members: Partial<RequestRecord> = {}): RequestRecord {
  return {
    v: REQUEST_RECORD_VERSION,
    time: Date.UTC(2026, 0, 15, 12),
    request_id: 'req_1',
    user: 'alice',
    key_id: 'key_1',
    channel: 'openai',
    dialect: 'openai',
    endpoint: '/v1/chat/completions',
    method: 'POST',
    path: '/v1/chat/completions',
    protocol: 'http',
    status: 200,
    outcome: 'success',
    error_code: null,
    error_message: null,
    latency_ms: 12.5,
    ttfb_ms: 3.25,
    bytes_in: 100,
    bytes_out: 200,
    model: 'gpt-4o-mini',
    cost: null,
    client: '127.0.0.1',
    attempts: 1,
    ...NO_USAGE,
    ...members,
  };
}
