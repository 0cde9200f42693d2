import type { Channel } from '../../../src-main/contract/document.ts';

/** One API key of a channel, as a row of a form. */
export interface KeyRow {
  /** Tells rows apart; never sent. */
  readonly row: number;
  /** The mask (or `env:NAME`) of the stored key, and its place among the stored ones; `null` for a new key. */
  readonly stored: { readonly mask: string; readonly at: number } | null;
  /** What was entered; empty keeps the stored key. */
  readonly value: string;
}

type Keys = Pick<Channel, 'api_key' | 'api_keys'>;

/** The keys that count: `api_keys` where there are any, as the gateway reads them. */
export const storedKeys = ({ api_key, api_keys }: Partial<Keys>): readonly string[] =>
  api_keys ?? (api_key === undefined ? [] : [api_key]);

/** A row for each stored key; an empty one where there is none. */
export function keyRowsOf(channel: Partial<Keys>): KeyRow[] {
  const rows = storedKeys(channel).map((mask, at) => ({ row: at, stored: { mask, at }, value: '' }));
  return rows.length === 0 ? [{ row: 0, stored: null, value: '' }] : rows;
}

/** Rows that stand for a key. */
const meant = (rows: readonly KeyRow[]): readonly KeyRow[] =>
  rows.filter(({ stored, value }) => stored !== null || value.trim() !== '');

/** Whether other keys than the stored ones are wanted, or in another order. */
export function keysChanged(rows: readonly KeyRow[], stored: Partial<Keys>): boolean {
  const kept = meant(rows);
  return (
    kept.length !== storedKeys(stored).length ||
    kept.some(({ stored: own, value }, at) => value.trim() !== '' || own?.at !== at)
  );
}

/**
 * Whether the stored keys have to be read in full: a list of keys is written as a whole, so that those which stay
 * have to be sent along with the new ones.
 */
export const needsStored = (rows: readonly KeyRow[], stored: Partial<Keys>): boolean =>
  keysChanged(rows, stored) && meant(rows).some(({ value }) => value.trim() === '');

/** The keys as a form has them, each that stays by its mask. */
export const maskedKeys = (rows: readonly KeyRow[]): string[] =>
  meant(rows).map(({ stored, value }) => value.trim() || (stored?.mask ?? ''));

/** The keys as they shall be. @param full the stored keys in full, for those that stay */
export const wholeKeys = (rows: readonly KeyRow[], full: readonly string[]): string[] =>
  meant(rows).flatMap(({ stored, value }) => {
    const key = value.trim() || full[stored?.at ?? -1];
    return key === undefined ? [] : [key];
  });

/** How a channel's record says them: one by itself, several as a list. */
export function keyMembers(keys: readonly string[]): {
  readonly api_key: string | undefined;
  readonly api_keys: string[] | undefined;
} {
  const [only] = keys;
  return keys.length > 1
    ? { api_key: undefined, api_keys: [...keys] }
    : { api_key: only, api_keys: undefined };
}
