/** Globs of models by the host that has them, or by the end of its name with a dot in front. */
export type ModelsByHost = Readonly<Record<string, readonly string[]>>;

/** A host name within an address, however that is written. */
const HOST_NAME = /[a-z0-9-]+(?:\.[a-z0-9-]+)+/i;

/** Whether a host name, in small letters, is the one of a pattern, or ends in it where that begins with a dot. */
export const matchesHost = (pattern: string, hostname: string): boolean =>
  pattern.startsWith('.') ? hostname.endsWith(pattern) : hostname === pattern;

/**
 * The models that are usually found at an address.
 * @param address as it is written in the configuration; `undefined`: the platform's own
 * @param usual those of the platform wherever it is
 */
export function usualModelsAt(
  address: string | undefined,
  byHost: ModelsByHost,
  usual: readonly string[],
): readonly string[] {
  const hostname = HOST_NAME.exec(address ?? '')?.[0].toLowerCase() ?? '';
  return Object.entries(byHost).find(([pattern]) => matchesHost(pattern, hostname))?.[1] ?? usual;
}
