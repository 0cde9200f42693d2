import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { admin, answer } from './client.ts';
import { KINDS, type NamedKind, roundsOf, type Wanted } from './name-rounds.ts';

/** Names by ids; what has none, or was deleted, is left out. */
export type Names = Readonly<Record<NamedKind, ReadonlyMap<string, string>>>;

/** Ids whose names are wanted; empty and missing ones are passed over. */
export type NamelessIds = Readonly<Partial<Record<NamedKind, readonly (string | null)[]>>>;

type Found = Readonly<Record<NamedKind, Readonly<Record<string, string | null>>>>;

const FRESH_MS = 60_000;

async function askRound(round: readonly Wanted[]): Promise<Found> {
  const ids = (kind: NamedKind): string[] => round.filter((one) => one.kind === kind).map(({ id }) => id);
  const query = { user: ids('users'), key: ids('keys'), channel: ids('channels'), group: ids('groups') };
  return await answer(admin.names.$get({ query }));
}

let waiting: Wanted[] = [];
let rounds: Promise<readonly Found[]> | null = null;

/** One name; what is asked for in the same turn is asked of the server together. */
async function nameOf({ kind, id }: Wanted): Promise<string | null> {
  waiting.push({ kind, id });
  rounds ??= Promise.resolve().then(() => {
    const asked = waiting;
    waiting = [];
    rounds = null;
    return Promise.all(roundsOf(asked).map(askRound));
  });
  const found = (await rounds).find((names) => Object.hasOwn(names[kind], id));
  return found?.[kind][id] ?? null;
}

function wantedOf(ids: NamelessIds): readonly Wanted[] {
  return KINDS.flatMap((kind) => {
    const some = new Set(ids[kind] ?? []);
    return [...some].flatMap((id) => (id === null || id === '' ? [] : [{ kind, id }]));
  });
}

function namesFrom(wanted: readonly Wanted[], answers: readonly UseQueryResult<string | null>[]): Names {
  const names = {
    users: new Map<string, string>(),
    keys: new Map<string, string>(),
    channels: new Map<string, string>(),
    groups: new Map<string, string>(),
  };
  for (const [at, { kind, id }] of wanted.entries()) {
    const name = answers[at]?.data ?? '';
    if (name !== '') names[kind].set(id, name);
  }
  return names;
}

/** The names of what is known by id only. They are kept for a while, so that a list that grows asks for new ones only. */
export function useNames(ids: NamelessIds): Names {
  const signature = JSON.stringify(wantedOf(ids));
  // Written above.
  const wanted = useMemo(() => JSON.parse(signature) as readonly Wanted[], [signature]);
  const combine = useCallback(
    (answers: UseQueryResult<string | null>[]) => namesFrom(wanted, answers),
    [wanted],
  );
  return useQueries({
    queries: wanted.map((one) => ({
      queryKey: ['names', one.kind, one.id],
      queryFn: () => nameOf(one),
      staleTime: FRESH_MS,
    })),
    combine,
  });
}
