import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { System } from '../../src-main/contract/document.ts';
import { adminFetch } from './admin-fetch.ts';

/** The program's settings as they are read; the hash of the admin token is not among them. */
export type SystemRecord = System & {
  /** What is set and counts only at the next start, such as `proxy.port`. */
  readonly restart_required: readonly string[];
};

/** The settings and their version. */
export interface VersionedSystem {
  readonly record: SystemRecord;
  readonly etag: string;
}

const PATH = '/api/v1/system';

async function versioned(asked: Promise<Response>): Promise<VersionedSystem> {
  const response = await asked;
  // The route answers with the settings, checked by the same schema.
  const record = (await response.json()) as SystemRecord;
  return { record, etag: response.headers.get('etag') ?? '' };
}

/** @throws ApiFailure */
export const readSystem = (): Promise<VersionedSystem> => versioned(adminFetch(PATH));

/**
 * Changes settings in part (RFC 7396).
 * @param etag of the version that was seen; `null` writes over any
 * @throws ApiFailure `validation_failed`, or `precondition_failed` with the settings as they are now
 */
export const patchSystem = (patch: object, etag: string | null): Promise<VersionedSystem> =>
  versioned(
    adminFetch(PATH, {
      method: 'PATCH',
      body: JSON.stringify(patch),
      headers: {
        'content-type': 'application/merge-patch+json',
        ...(etag === null ? {} : { 'if-match': etag }),
      },
    }),
  );

const KEY = ['system'] as const;

/** The program's settings. */
export const useSystem = () => useQuery({ queryKey: KEY, queryFn: readSystem });

/** Changes the program's settings; what was read of them is as new as the answer. */
export function useWriteSystem() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ patch, etag }: { readonly patch: object; readonly etag: string | null }) =>
      patchSystem(patch, etag),
    onSuccess: (saved) => client.setQueryData(KEY, saved),
  });
}
