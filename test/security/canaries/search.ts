/** A secret that stood where none may stand. */
export interface Leak {
  /** The name of the secret. */
  readonly canary: string;
  readonly where: string;
  /** How it was written. */
  readonly spelling: string;
  /** The text around it. */
  readonly around: string;
}

interface Spelling {
  readonly name: string;
  /** How many characters of it stand for one of the secret's. */
  readonly width: number;
  /** The shortest run that means anything. */
  readonly shortest: number;
  /** The secret as it would stand in a text. */
  readonly of: (secret: string) => readonly string[];
  /** How texts are looked at. */
  readonly read: (text: string) => string;
}

/** The last four characters may be shown; more in a row, wherever in a secret, may not. */
const SHOWN = 5;
const AROUND = 60;

const asIs = (text: string): string => text;
const base64At = (secret: string, shift: number): string =>
  // What stands before moves the bits; the characters that depend on neighbours are left out.
  Buffer.from(`${'x'.repeat(shift)}${secret}`)
    .toString('base64url')
    .slice(shift === 0 ? 0 : 4)
    .slice(0, -4);

/** Base64 in both alphabets looks alike once one is translated. */
const asBase64Url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');
const hex = (secret: string): string => Buffer.from(secret).toString('hex');

const SPELLINGS: readonly Spelling[] = [
  { name: 'plain', width: 1, shortest: 1, of: (secret) => [secret], read: asIs },
  { name: 'backwards', width: 1, shortest: 8, of: (secret) => [[...secret].reverse().join('')], read: asIs },
  {
    name: 'base64',
    width: 4 / 3,
    shortest: 12,
    of: (secret) => [0, 1, 2].map((shift) => base64At(secret, shift)),
    read: asBase64Url,
  },
  { name: 'hex', width: 2, shortest: 1, of: (secret) => [hex(secret)], read: (text) => text.toLowerCase() },
  {
    name: 'percent-encoded',
    width: 3,
    shortest: 1,
    of: (secret) => [hex(secret).replace(/../g, '%$&')],
    read: (text) => text.toLowerCase(),
  },
];

/** Every run of so many characters. */
function runsOf(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) =>
    text.slice(at, at + length),
  );
}

/** Three characters as one number. */
const beginOf = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 0xff) << 16) |
  ((text.charCodeAt(at + 1) & 0xff) << 8) |
  (text.charCodeAt(at + 2) & 0xff);

/**
 * Looks for secrets and parts of them in texts.
 * @param secrets by name, without the prefix by which keys of their kind are told
 * @param tellTale so many characters in a row give a secret away; more for those that may be found by chance
 */
export function leakSearch(
  secrets: Readonly<Record<string, string>>,
  tellTale = SHOWN,
): (where: string, text: string) => readonly Leak[] {
  const sought = SPELLINGS.map(({ name, of, read, width, shortest }) => {
    const length = Math.max(shortest, Math.ceil(tellTale * width));
    const runs = new Map<string, string>();
    for (const [canary, secret] of Object.entries(secrets)) {
      for (const spelt of of(secret)) for (const run of runsOf(spelt, length)) runs.set(run, canary);
    }
    return { name, length, read, runs, begins: new Set([...runs.keys()].map((run) => beginOf(run, 0))) };
  });
  return (where, text) => {
    const leaks = new Map<string, Leak>();
    for (const { name, length, read, runs, begins } of sought) {
      const looked = read(text);
      for (let at = 0; at + length <= looked.length; at += 1) {
        // Millions of characters are looked at, and nearly all of them need no text of their own.
        if (!begins.has(beginOf(looked, at))) continue;
        const canary = runs.get(looked.slice(at, at + length));
        if (canary === undefined || leaks.has(`${canary} ${name}`)) continue;
        const around = looked.slice(Math.max(0, at - AROUND), at + length + AROUND);
        leaks.set(`${canary} ${name}`, { canary, where, spelling: name, around });
      }
    }
    return [...leaks.values()];
  };
}
