import { DOCUMENT_VERSION } from '../contract/document.ts';

/** Turns a file's root of one version into the next one's; does not change what it is given. */
export type Migration = (root: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * Version n → n + 1, one file at a time. Version 1 is the first there is.
 * To add one: raise DOCUMENT_VERSION, put the step here under the old number, leave the earlier steps as they are.
 */
export const MIGRATIONS: Readonly<Record<number, Migration>> = {};

export type Migrated =
  | { readonly ok: true; readonly root: Readonly<Record<string, unknown>>; readonly changed: boolean }
  | { readonly ok: false; readonly newer: boolean; readonly reason: string };

/** Brings a file's root to the version this program writes. A newer one is refused: what it means is not known here. */
export function migrate(
  root: Readonly<Record<string, unknown>>,
  steps: Readonly<Record<number, Migration>> = MIGRATIONS,
  target: number = DOCUMENT_VERSION,
): Migrated {
  const from = root.version;
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 1) {
    return { ok: false, newer: false, reason: `version must be a whole number such as ${target}` };
  }
  if (from > target) {
    const reason = `version ${from} was written by a newer AIProxy; this one reads up to version ${target}`;
    return { ok: false, newer: true, reason };
  }
  let current: Readonly<Record<string, unknown>> = root;
  for (let version = from; version < target; version++) {
    const step = steps[version];
    if (step === undefined) return { ok: false, newer: false, reason: `version ${version} is not known` };
    current = { ...step(current), version: version + 1 };
  }
  return { ok: true, root: current, changed: from < target };
}
