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
