import { describe, expect, it } from 'vitest';
import { platformError } from '../../src-main/core/platform-error.ts';

const TOLD: readonly (readonly [string, unknown, string | null, string | null])[] = [
  [
    'OpenAI',
    { error: { message: 'no', type: 'invalid_request_error', param: null, code: 'invalid_api_key' } },
    'invalid_api_key',
    'no',
  ],
  [
    'OpenAI without code',
    { error: { message: 'no', type: 'server_error', code: null } },
    'server_error',
    'no',
  ],
  [
    'Anthropic',
    { type: 'error', error: { type: 'overloaded_error', message: 'no' }, request_id: 'x' },
    'overloaded_error',
    'no',
  ],
  [
    'Gemini',
    { error: { code: 429, message: 'no', status: 'RESOURCE_EXHAUSTED' } },
    'RESOURCE_EXHAUSTED',
    'no',
  ],
  [
    'Gemini, streamed without SSE',
    [{ error: { code: 400, message: 'no', status: 'INVALID_ARGUMENT' } }],
    'INVALID_ARGUMENT',
    'no',
  ],
  ['a number alone', { error: { code: 1301, message: 'no' } }, '1301', 'no'],
  ['DashScope', { code: 'InvalidApiKey', message: 'no', request_id: 'x' }, 'InvalidApiKey', 'no'],
  ['msg for message', { code: 1002, msg: 'no' }, '1002', 'no'],
  ['Ollama', { error: 'model not found' }, null, 'model not found'],
  ['nothing that is understood', { detail: 'x' }, null, null],
  ['null', null, null, null],
  ['an empty list', [], null, null],
];

describe("a platform's own words about an error", () => {
  it.each(TOLD)('are read from %s', (_, answer, code, message) => {
    expect(platformError(JSON.stringify(answer))).toEqual({ code, message });
  });

  it.each(['', 'Bad Gateway', '<html>', '{"error":'])('are none in %j', (text) => {
    expect(platformError(text)).toEqual({ code: null, message: null });
  });

  it('are cut to what a log line should hold', () => {
    const { code, message } = platformError(
      JSON.stringify({ error: { code: 'c'.repeat(999), message: 'm'.repeat(9999) } }),
    );
    expect([code?.length, message?.length]).toEqual([100, 500]);
  });
});
