/** The page of a channel. */
export const channelPath = (id: string): string => `/channels/${encodeURIComponent(id)}`;
