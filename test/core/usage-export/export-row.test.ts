import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertRow, inertText } from '../../../src-main/core/usage-export/export-row.ts';

describe('a text of an export', () => {
  it('never begins a formula, whatever it is, and is found in what stands there', () => {
    const formula = /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', ' ', '\t', '\r', '\n', '\u00a0', '=', '＝', '-'),
        (text, before) => {
          const shown = inertText(before + text);
          expect(shown).not.toMatch(formula);
          expect(shown.replace(/^'/, '')).toBe((before + text).replace(/^'/, ''));
        },
      ),
    );
  });

  it('leaves numbers numbers, those below zero too', () => {
    expect(inertRow({ a: -1, b: '-1', c: null, d: 0.5 })).toEqual({ a: -1, b: "'-1", c: null, d: 0.5 });
  });
});
