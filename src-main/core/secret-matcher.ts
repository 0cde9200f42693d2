import { maskKey } from './mask-key.ts';

/** Finds the secrets that are configured, wherever they stand in a text. */
export interface SecretMatcher {
  /** The text with every known secret masked. */
  mask(text: string): string;
}

/** Secrets are looked up by their first characters, so that a text costs the same with ten of them or ten thousand. */
const STEM_LENGTH = 8;
/** Anything shorter is no secret, and masking it would make every text unreadable. */
const SHORTEST = 4;

interface Secrets {
  /** Longest first, so that a key which begins like another is masked whole. */
  readonly byStem: ReadonlyMap<string, readonly string[]>;
  /** Too short for a stem; masked only where they stand alone. */
  readonly short: RegExp | null;
}

/** Prepares the configured secrets; made anew when the configuration changes. References (`env:NAME`) are no secrets. */
export function secretMatcher(secrets: Iterable<string>): SecretMatcher {
  const prepared = prepare(secrets);
  return {
    mask(text) {
      const masked = maskStems(text, prepared.byStem);
      return prepared.short === null ? masked : masked.replace(prepared.short, maskKey);
    },
  };
}

function prepare(secrets: Iterable<string>): Secrets {
  const byStem = new Map<string, string[]>();
  const short = new Set<string>();
  for (const secret of new Set(secrets)) {
    if (secret.length < SHORTEST || secret.startsWith('env:')) continue;
    if (secret.length < STEM_LENGTH) {
      short.add(secret);
      continue;
    }
    const stem = secret.slice(0, STEM_LENGTH);
    const sameStem = byStem.get(stem);
    if (sameStem === undefined) byStem.set(stem, [secret]);
    else sameStem.push(secret);
  }
  for (const sameStem of byStem.values()) sameStem.sort((a, b) => b.length - a.length);
  return { byStem, short: short.size === 0 ? null : wholeWords(short) };
}

function wholeWords(words: Iterable<string>): RegExp {
  const escaped = [...words].map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
}

function maskStems(text: string, byStem: Secrets['byStem']): string {
  if (byStem.size === 0) return text;
  let masked = '';
  let copiedTo = 0;
  for (let at = 0; at + STEM_LENGTH <= text.length; ) {
    const secret = byStem.get(text.slice(at, at + STEM_LENGTH))?.find((known) => text.startsWith(known, at));
    if (secret === undefined) {
      at += 1;
      continue;
    }
    masked += text.slice(copiedTo, at) + maskKey(secret);
    at += secret.length;
    copiedTo = at;
  }
  return copiedTo === 0 ? text : masked + text.slice(copiedTo);
}
