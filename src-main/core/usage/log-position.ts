/** How many bytes of each file of the request log something is about, by the file's name. */
export type LogPosition = Readonly<Record<string, number>>;
