/** The origin of an address, with `ws` and `wss` read as `http` and `https`; `null` where it has none. */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin } = new URL(url.replace(/^ws(?=s?:)/i, 'http'));
  return origin === 'null' ? null : origin;
}

/** Whether an address belongs to the console: its scheme, host and port, nothing similar. */
export function isOfConsole(url: string, consoleUrl: string): boolean {
  const origin = originOf(url);
  return origin !== null && origin === originOf(consoleUrl);
}
