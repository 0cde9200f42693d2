const REFERENCE = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;

/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The variable that `env:NAME` stands for, or `null` where the value is written out. */
export function envNameOf(value: string): string | null {
  return REFERENCE.exec(value)?.[1] ?? null;
}

/**
 * What a secret or an address of the document stands for: itself, or with `env:NAME` that variable's value.
 * @returns `null` where the variable is not set, or is empty
 */
export function resolveEnv(value: string, env: Env): string | null {
  const name = envNameOf(value);
  return name === null ? value : env[name] || null;
}
