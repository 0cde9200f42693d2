import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import {
  createRecord,
  type ListQuestion,
  listRecords,
  patchRecord,
  type Resource,
  readRecord,
  removeRecord,
  type Versioned,
} from './records.ts';

/** One page of a resource; the page before stays in sight until the next one is here. */
export function useRecords<R extends Resource>(resource: R, question: ListQuestion, enabled = true) {
  return useQuery({
    queryKey: [resource, 'list', question],
    queryFn: ({ signal }) => listRecords(resource, question, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** One record and its version. @param id `null` asks for nothing */
export function useRecord<R extends Resource>(resource: R, id: string | null) {
  return useQuery({
    queryKey: [resource, 'record', id],
    queryFn: () => readRecord(resource, id ?? ''),
    enabled: id !== null,
  });
}

/** What is told of these records changes with the others: a key's state with its user, a permission with its group. */
const TOLD_WITH: Readonly<Partial<Record<Resource, readonly Resource[]>>> = {
  users: ['proxy-keys', 'groups'],
  groups: ['users', 'proxy-keys'],
  channels: ['users', 'proxy-keys'],
};

async function forget(
  client: QueryClient,
  resource: Resource,
  except: readonly unknown[] | null,
): Promise<void> {
  const isKept = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
    except?.every((part, at) => queryKey[at] === part) ?? false;
  const resources: readonly Resource[] = [resource, ...(TOLD_WITH[resource] ?? [])];
  await Promise.all([
    ...resources.map((one) =>
      client.invalidateQueries({ queryKey: [one], predicate: (query) => !isKept(query) }),
    ),
    client.invalidateQueries({ queryKey: ['status'] }),
    client.invalidateQueries({ queryKey: ['names'] }),
  ]);
}

/** Forgets what was read of a resource, and of what is shown with it. */
export function useForget(): (resource: Resource) => Promise<void> {
  const client = useQueryClient();
  return (resource) => forget(client, resource, null);
}

/** A change to be made: a new record where there is no id. */
export type RecordChange =
  | { readonly id: null; readonly record: object }
  | { readonly id: string; readonly patch: object; readonly etag: string | null };

/** Creates or changes a record. */
export function useWriteRecord<R extends Resource>(resource: R) {
  const forgetAll = useForget();
  return useMutation({
    mutationFn: (change: RecordChange): Promise<Versioned<R>> =>
      change.id === null
        ? createRecord(resource, change.record)
        : patchRecord(resource, change.id, change.patch, change.etag),
    onSuccess: () => forgetAll(resource),
  });
}

/** Deletes a record. Its own page is not asked for it again before the caller has left it. */
export function useRemoveRecord(resource: Resource) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, force }: { readonly id: string; readonly force: boolean }) =>
      removeRecord(resource, id, force),
    onSuccess: async (_, { id }) => {
      const gone = [resource, 'record', id];
      await client.invalidateQueries({ queryKey: gone, refetchType: 'none' });
      await forget(client, resource, gone);
    },
  });
}
