import { useQuery } from '@tanstack/react-query';
import { TrialEvent, type TrialQuestion } from '../../src-main/contract/key-trial.ts';
import { adminFetch } from './admin-fetch.ts';
import { admin, answer } from './client.ts';

/** The channels a Proxy-Key leads to, best first. @param id `''` asks for nothing */
export function useKeyChannels(id: string) {
  return useQuery({
    queryKey: ['proxy-keys', 'channels', id],
    queryFn: async () => (await answer(admin['proxy-keys'][':id'].channels.$get({ param: { id } }))).items,
    enabled: id !== '',
  });
}

/** A channel that a Proxy-Key leads to. */
export type KeyChannel = NonNullable<ReturnType<typeof useKeyChannels>['data']>[number];

async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of response.body ?? []) {
    const lines = (held + decoder.decode(chunk, { stream: true })).split('\n');
    held = lines.pop() ?? '';
    yield* lines;
  }
}

/**
 * Sends a test request with a Proxy-Key and tells what happens as it happens.
 * @throws ApiFailure where the request could not be made at all
 * @throws DOMException `AbortError` when `signal` ended it
 */
export async function tryKey(
  id: string,
  question: TrialQuestion,
  signal: AbortSignal,
  onEvent: (event: TrialEvent) => void,
): Promise<void> {
  const response = await adminFetch(`/api/v1/proxy-keys/${encodeURIComponent(id)}/try`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
    signal,
  });
  for await (const line of linesOf(response)) onEvent(TrialEvent.parse(JSON.parse(line)));
}
