import type { ProxyError } from '../../contract/errors.ts';
import { openaiError } from '../error-body.ts';

/**
 * A refused turn in the Responses API's own form (`ResponseWsError` of npm `openai`; Codex reads its `status` as that of
 * an HTTP answer).
 * @param streamId the lane of the turn, or `null`
 */
export const errorEvent = (error: ProxyError, streamId: string | null): string =>
  JSON.stringify({
    type: 'error',
    status: error.status,
    error: openaiError(error),
    ...(streamId === null ? {} : { stream_id: streamId }),
  });
