import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { admin, answer } from '../../../api/client.ts';
import type { ChannelAccess } from '../user-form.ts';

/** A list of people as it was chosen: the bytes of a file (base64), or rows as text. */
export interface PeopleSource {
  /** Tells one choice from another. */
  readonly number: number;
  /** Of the file; `null` for rows that were pasted. */
  readonly fileName: string | null;
  readonly content: { readonly file: string } | { readonly text: string };
}

/** What the admin chose beside the list. */
export interface PeopleChoices {
  readonly keys: boolean;
  /** In days; `null`: never. */
  readonly expiresInDays: number | null;
  readonly group: string;
  readonly makeGroups: boolean;
  readonly update: boolean;
  readonly channels: ChannelAccess;
}

const FIRST_CHOICES: PeopleChoices = {
  keys: true,
  expiresInDays: null,
  group: '',
  makeGroups: false,
  update: true,
  channels: undefined,
};

const DAY_MS = 86_400_000;

const bodyOf = ({ content }: PeopleSource, { keys, group, makeGroups, update, channels }: PeopleChoices) => ({
  ...content,
  keys,
  ...(group === '' ? {} : { group }),
  make_groups: makeGroups,
  update,
  ...(channels === undefined ? {} : { channels: channels === '*' ? channels : [...channels] }),
});

const preview = (source: PeopleSource, choices: PeopleChoices) =>
  answer(admin.users.import.$post({ json: { ...bodyOf(source, choices), dry_run: true } }));

function take({ source, choices }: { readonly source: PeopleSource; readonly choices: PeopleChoices }) {
  const { expiresInDays: days } = choices;
  const expires = days === null ? {} : { expires_at: new Date(Date.now() + days * DAY_MS).toISOString() };
  const json = { ...bodyOf(source, choices), ...expires, skip_mistakes: true };
  return answer(admin.users.import.$post({ json }));
}

/** What became of a list, or would. */
export type PeopleAnswer = Awaited<ReturnType<typeof preview>>;

/** A file's bytes, base64. */
function contentOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read.'));
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.readAsDataURL(file);
  });
}

/** A list of people on its way: chosen, looked at, taken in. */
export function usePeople() {
  const client = useQueryClient();
  const [source, setSource] = useState<PeopleSource | null>(null);
  const [choices, setChoices] = useState(FIRST_CHOICES);
  const shown = useDeferredValue(source);
  const looked = useQuery({
    queryKey: ['people', shown?.number ?? 0, { ...choices, expiresInDays: null }],
    queryFn: () => (shown === null ? null : preview(shown, choices)),
    enabled: shown !== null,
    // Another choice keeps the rows in sight; another list begins anew.
    placeholderData: (before, query) => (query?.queryKey[1] === shown?.number ? before : undefined),
    gcTime: 0,
    retry: false,
  });
  const taken = useMutation({ mutationFn: take, onSuccess: () => client.invalidateQueries() });
  const begin = (fileName: string | null, content: PeopleSource['content']): void =>
    setSource((before) => ({ number: (before?.number ?? 0) + 1, fileName, content }));
  return {
    source,
    looked,
    taken,
    choices,
    choose: (changed: Partial<PeopleChoices>) => setChoices((before) => ({ ...before, ...changed })),
    chooseFile: async (file: File | null) => {
      if (file !== null) begin(file.name, { file: await contentOf(file) });
    },
    paste: (text: string) => (text.trim() === '' ? setSource(null) : begin(null, { text })),
    take: () => (source === null ? undefined : taken.mutate({ source, choices })),
  };
}
