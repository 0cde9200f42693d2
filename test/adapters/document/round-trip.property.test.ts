import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../../src-main/adapters/document/config-file.ts';
import { JsonText, parseJson } from '../../../src-main/adapters/document/json-text.ts';
import { editYaml, parseYaml } from '../../../src-main/adapters/document/yaml-text.ts';
import { DocumentSchema } from '../../../src-main/contract/document.ts';
import { Id } from '../../../src-main/contract/values.ts';

const id = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    fc.constantFrom('1', 'null', 'yes', '-', '*a', 'constructor'),
  )
  .filter((text) => Id.safeParse(text).success);
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'null',
    'true',
    '0x10',
    '1e3',
    '~',
    '- a',
    'a: b',
    '# c',
    ' lead',
    'two\nlines',
    '"',
    "'",
    '{}',
    '2024-01-01',
    '\t',
  ),
);
const limits = fc.record(
  {
    requests_per_minute: fc.integer({ min: 1 }),
    quota: fc.array(
      fc.record({ per: fc.constant('day'), cost: fc.double({ min: 0.001, max: 1e6, noNaN: true }) }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const user = fc.record(
  {
    name: text,
    status: fc.constantFrom('active', 'disabled'),
    channels: fc.oneof(fc.constant('*'), fc.array(id, { maxLength: 3 })),
    limits,
    notes: text,
    contact: fc.record({ email: text }),
    _note: fc.oneof(text, fc.constant(null)),
  },
  { requiredKeys: [] },
);
const edits = fc.array(
  fc.record({
    section: fc.constantFrom('users' as const, 'groups' as const),
    id,
    value: fc.option(user, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** Only the splices may have made the text: the library's own printing would lay lines out anew. */
function neverReprint(): never {
  throw new Error('the text was printed anew');
}

type Sections = { users: Record<string, unknown>; groups: Record<string, unknown> };

function applied(list: readonly TextEdit[]): Sections {
  const sections: Sections = { users: {}, groups: {} };
  for (const { section, id: name, value } of list) {
    if (section !== 'users' && section !== 'groups') continue;
    if (value === undefined) delete sections[section][name];
    else sections[section][name] = value;
  }
  return sections;
}

function sectionsIn(parsed: ReturnType<typeof parseJson>): unknown {
  const value = parsed.ok ? DocumentSchema.partial().parse(parsed.value) : parsed.problems;
  return 'users' in value ? { users: value.users, groups: value.groups } : value;
}

describe('any valid document', () => {
  it('survives being written to JSON, change by change, and read', () => {
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 3 }), (batches) => {
        const json = new JsonText('{"version": 1, "users": {}, "groups": {}}');
        for (const batch of batches) json.edit(batch);
        expect(sectionsIn(parseJson(json.text()))).toEqual(applied(batches.flat()));
      }),
    );
  });

  it.each([
    ['over several lines', 'version: 1\n# note\nusers: {}\ngroups:\n  # nobody yet\n  x:\n    name: X\n'],
    ['on one line', '{ version: 1, users: {}, groups: { x: { name: X } } }\n'],
  ])('survives being written to YAML %s, change by change, and read', (_layout, start) => {
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 3 }), (batches) => {
        const written = batches.reduce((yaml, batch) => editYaml(yaml, batch, neverReprint), start);
        const first: TextEdit = { section: 'groups', id: 'x', value: { name: 'X' } };
        expect(sectionsIn(parseYaml(written))).toEqual(applied([first, ...batches.flat()]));
        if (start.includes('# note')) expect(written).toContain('# note');
      }),
    );
  });
});
