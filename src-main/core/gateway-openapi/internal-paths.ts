const TAG = ['AIProxy'];

function page(summary: string, type: string, example?: unknown): object {
  const media = example === undefined ? { schema: { type: 'string' } } : { example };
  return {
    get: {
      tags: TAG,
      summary,
      security: [],
      responses: {
        200: {
          description: 'OK',
          headers: { 'x-aiproxy-request-id': { $ref: '#/components/headers/RequestId' } },
          content: { [type]: media },
        },
        403: { $ref: '#/components/responses/OpenAI403' },
        503: { $ref: '#/components/responses/OpenAI503' },
      },
    },
  };
}

/** The gateway's own addresses: without a key, never counted, never forwarded. */
export const INTERNAL_PATHS: Readonly<Record<string, object>> = {
  '/': page('Whether the gateway is alive', 'application/json', { status: 'ok' }),
  '/health': page('Whether the process lives, also while it stops or is paused', 'application/json', {
    status: 'ok',
  }),
  '/ready': page(
    'Whether it takes new requests; 503 at once while it stops or is paused',
    'application/json',
    {
      status: 'ok',
    },
  ),
  '/stats': page('What was used since the start (system.internal_allow says for whom)', 'application/json', {
    service: 'AIProxy',
    total_requests: 2,
    successful_requests: 2,
  }),
  '/dashboard': page('The same as a page (system.internal_allow)', 'text/html'),
  '/metrics': page(
    'The same for Prometheus (this computer only, unless system.internal_allow says otherwise)',
    'text/plain',
  ),
};
