import { ERROR_STATUS, type ErrorCode, ProxyError } from '../../contract/errors.ts';
import type { Dialect } from '../dialect.ts';
import { errorBody } from '../error-body.ts';
import type { Api } from './endpoint.ts';

/** When AIProxy itself answers with a code; `null`: only the admin API does. */
const WHEN: Readonly<Record<ErrorCode, string | null>> = {
  missing_proxy_key: 'no Proxy-Key was sent, or it is malformed',
  invalid_proxy_key: 'the Proxy-Key is not known',
  proxy_key_disabled: 'the Proxy-Key is disabled',
  proxy_key_expired: 'the Proxy-Key has expired',
  user_disabled: "the key's user is disabled",
  ip_not_allowed: 'the request comes from an address that is not allowed',
  channel_not_permitted: 'the channel that was asked for is not one of the key',
  model_not_permitted: 'the key may not use this model',
  origin_not_allowed: 'a page of this origin may not use the gateway',
  bad_request: 'the request cannot be understood',
  websocket_not_supported: 'the channel takes no WebSockets',
  no_channel: 'no channel of the key can serve this',
  not_found: 'there is nothing here',
  method_not_allowed: 'the method is not served',
  request_too_large: 'the body is larger than the channel takes',
  expectation_failed: 'the request expects what cannot be met',
  headers_too_large: 'the headers are too large',
  rate_limited: 'too many requests in a while',
  quota_exceeded: 'the quota is used up',
  concurrency_exceeded: 'too many requests at a time',
  internal_error: 'the gateway failed; its log says why',
  upstream_unreachable: 'the platform could not be reached',
  upstream_protocol_error: 'the platform answered what cannot be understood',
  channel_unavailable: 'the channel cannot be used now',
  overloaded: 'the gateway has too much to do',
  draining: 'the gateway is about to stop',
  paused: 'an admin has paused the gateway',
  upstream_timeout: 'the platform did not answer in time',
  validation_failed: null,
  conflict: null,
  config_read_only: null,
  precondition_failed: null,
  storage_failed: null,
};

const CODES = Object.entries(WHEN).flatMap(([code, when]) =>
  // Object.entries loses the type of the keys.
  when === null ? [] : [{ code: code as ErrorCode, when }],
);

const DIALECTS: Readonly<Record<Api, Dialect>> = {
  OpenAI: 'openai',
  'Azure OpenAI': 'azure',
  Anthropic: 'anthropic',
  Gemini: 'gemini',
  DashScope: 'dashscope',
  Ollama: 'raw',
};

const RETRY_AFTER = {
  description: 'Whole seconds after which to try again, where that is known.',
  schema: { type: 'integer' },
};

/** The statuses that AIProxy itself answers errors with, in order. */
export const ERROR_STATUSES: readonly number[] = [
  ...new Set(CODES.map(({ code }) => ERROR_STATUS[code])),
].toSorted((one, other) => one - other);

/** The errors of one status, an example of each code in the words of this API's clients. */
export function errorResponse(api: Api, status: number): object {
  const codes = CODES.filter(({ code }) => ERROR_STATUS[code] === status);
  const examples = codes.map(({ code, when }) => {
    const body: unknown = JSON.parse(errorBody(DIALECTS[api], new ProxyError(code, when), 'req_example'));
    return [code, { summary: code, value: body }] as const;
  });
  return {
    description: codes.map(({ code, when }) => `\`${code}\`: ${when}`).join('  \n'),
    headers: {
      'x-aiproxy-request-id': { $ref: '#/components/headers/RequestId' },
      'x-aiproxy-error-source': { $ref: '#/components/headers/ErrorSource' },
      'retry-after': RETRY_AFTER,
    },
    content: {
      'application/json': {
        schema: { type: 'object', additionalProperties: true },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

/** All codes in a table, for people. */
export function errorTable(): string {
  const rows = CODES.map(({ code, when }) => `| \`${code}\` | ${ERROR_STATUS[code]} | ${when} |`);
  return ['| code | status | when |', '| --- | --- | --- |', ...rows].join('\n');
}
