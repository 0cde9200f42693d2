import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Document } from '../../src-main/contract/document.ts';
import { documentErrors } from '../../src-main/core/check-document.ts';
import { platformFacts } from '../../src-main/core/platform-facts.ts';
import { removalOf } from '../../src-main/core/removal.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';
import { arbitraryDocument } from '../support/arbitrary-document.ts';

const NOW = '2026-01-01T00:00:00.000Z';

/** The document after the removal and all that goes with it. */
function without(document: Document, section: 'users' | 'groups' | 'channels', id: string): Document {
  const copy = structuredClone(document);
  const { changes } = removalOf(document, section, id, NOW);
  for (const change of [...changes, { section, id, record: undefined } as const]) {
    const value = 'value' in change ? change.value : change.record;
    if (value === undefined) Reflect.deleteProperty(copy[change.section], change.id);
    else Reflect.set(copy[change.section], change.id, value);
  }
  return copy;
}

const documentAndRecord = arbitraryDocument.chain((document) => {
  const records = (['users', 'groups', 'channels'] as const).flatMap((section) =>
    Object.keys(document[section]).map((id) => ({ document, section, id })),
  );
  return records.length === 0 ? fc.constant(null) : fc.constantFrom(...records);
});

test('whatever is removed, nothing names it afterwards, and what was affected is all that changed', () => {
  fc.assert(
    fc.property(documentAndRecord, (chosen) => {
      if (chosen === null) return;
      const { document, section, id } = chosen;
      const next = without(document, section, id);
      expect(documentErrors(next, platformFacts(PLATFORMS))).toEqual([]);
      const { affected } = removalOf(document, section, id, NOW);
      for (const other of ['users', 'groups', 'proxy_keys'] as const) {
        const changed = Object.keys(document[other]).filter(
          (name) => JSON.stringify(document[other][name]) !== JSON.stringify(next[other][name]),
        );
        const own = other === section ? [id] : [];
        expect(changed.toSorted()).toEqual([...(affected[other] ?? []), ...own].toSorted());
      }
    }),
    { numRuns: 200 },
  );
});

test('no list of channels grows by a removal, and one that was narrow never becomes wide', () => {
  fc.assert(
    fc.property(documentAndRecord, (chosen) => {
      if (chosen === null) return;
      const { document, section, id } = chosen;
      const next = without(document, section, id);
      for (const owners of ['users', 'groups', 'proxy_keys'] as const) {
        for (const [name, { channels }] of Object.entries(next[owners])) {
          const before = document[owners][name]?.channels;
          expect(Array.isArray(channels)).toBe(Array.isArray(before));
          if (Array.isArray(channels)) expect(before).toEqual(expect.arrayContaining(channels));
        }
      }
    }),
    { numRuns: 200 },
  );
});
