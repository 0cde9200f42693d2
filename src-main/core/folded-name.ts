/** The long s and the Kelvin sign fold to `s` and `k` (Unicode CaseFolding); no other letter folds to one of ASCII. */
const FOLDS_TO_ASCII = /[\u017f\u212a]/g;

/**
 * A member's name as platforms read it that ignore its case: Go's `encoding/json` folds by Unicode.
 * @returns lower case
 */
export const foldedName = (name: string): string =>
  name.replace(FOLDS_TO_ASCII, (letter) => (letter === '\u017f' ? 's' : 'k')).toLowerCase();
