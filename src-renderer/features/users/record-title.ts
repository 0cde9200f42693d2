/** What a record is called: its name, or its id where it has none. */
export const titleOf = ({ id, name }: { readonly id: string; readonly name?: string | undefined }): string =>
  name === undefined || name === '' ? id : name;
