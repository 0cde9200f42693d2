import { useMutation } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { adminFetch } from '../../api/admin-fetch.ts';
import { admin, answer } from '../../api/client.ts';
import type { RecordOf } from '../../api/records.ts';
import { type ChannelValues, membersOf } from './channel-values.ts';
import { keyMembers, maskedKeys, storedKeys } from './key-rows.ts';

/** What a platform said when a channel was tested. */
export type TestAnswer = Exclude<
  InferResponseType<(typeof admin.channels)['test']['$post']>,
  { error: unknown }
>;

/** The stored members that no form shows, so that a test tries the channel as it would be. */
function otherMembers(stored: RecordOf<'channels'> | null): object {
  if (stored === null) return {};
  const { id: _id, created_at: _created, updated_at: _updated, ...others } = stored;
  return others;
}

/** Tests a channel as it stands in a form, without saving it. @param stored what is stored of it, masked */
export function useFormTest(stored: RecordOf<'channels'> | null) {
  return useMutation({
    mutationFn: (values: ChannelValues): Promise<TestAnswer> => {
      const keys = keyMembers(maskedKeys(values.keys));
      const channel = { ...otherMembers(stored), ...membersOf(values), ...keys };
      return answer(admin.channels.test.$post({ json: { ...(stored && { id: stored.id }), channel } }));
    },
  });
}

/** Tests a stored channel. @param model is asked for one token; `''`: the platform lists its models */
export function useStoredTest(id: string) {
  return useMutation({
    mutationFn: (model: string): Promise<TestAnswer> =>
      answer(admin.channels[':id'].test.$post({ param: { id }, json: model === '' ? {} : { model } })),
  });
}

/** The stored keys of a channel in full. That they were read is audited. @throws ApiFailure */
export async function revealKeys(id: string): Promise<readonly string[]> {
  const response = await adminFetch(`/api/v1/channels/${encodeURIComponent(id)}/reveal`, { method: 'POST' });
  // The route answers with the secrets where they stand in the record.
  return storedKeys((await response.json()) as Parameters<typeof storedKeys>[0]);
}
