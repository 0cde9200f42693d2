type Members = Readonly<Record<string, unknown>>;

/** The members of a channel that hold secrets. */
const SECRETS: ReadonlySet<string> = new Set(['api_key', 'api_keys', 'headers']);
const HIDDEN = '•••';

/** A change as it may be shown: that a secret changes, and not to what. */
export const withoutSecrets = (patch: Members): Members =>
  Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [
      name,
      SECRETS.has(name) && value !== null ? HIDDEN : value,
    ]),
  );
