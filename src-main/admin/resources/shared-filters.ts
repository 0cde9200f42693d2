import { Time } from '../../contract/values.ts';
import type { KeptLastUses } from '../../core/last-use.ts';

/** When a record was last used; left out where that is not known. */
export const LAST_USED = {
  last_used_at: Time.optional().openapi({
    readOnly: true,
    description: 'When a request was last made with it, to the second; left out where none is known',
  }),
};

/** The member of {@link LAST_USED}. */
export function lastUsed(uses: KeptLastUses['users'], id: string): { readonly last_used_at?: string } {
  const time = uses.get(id);
  return time === undefined ? {} : { last_used_at: new Date(time).toISOString() };
}

/** Whether a record is in use; one that does not say so is. */
export const statusFilter = {
  description: 'active or disabled',
  fits: ({ status }: { readonly status?: string | undefined }, value: string): boolean =>
    (status ?? 'active') === value,
};

/** Whether a list names a channel, or all of them. */
export const namesChannel = {
  description: 'The id of a channel that the list of channels names; "*" names all',
  fits: ({ channels }: { readonly channels?: '*' | readonly string[] | undefined }, value: string): boolean =>
    channels === '*' || (channels?.includes(value) ?? false),
};
