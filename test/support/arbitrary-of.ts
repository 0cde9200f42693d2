import fc from 'fast-check';
import { z } from 'zod';

/** Texts that formats ask for, and some that programs stumble over. */
const TEXTS = [
  '/v1/x',
  '10.0.0.0/8',
  'fd00::/8',
  'a'.repeat(64),
  '2026-01-31T23:59:59+08:00',
  'null',
  'true',
  '1e3',
  'a: b # c',
  '- x',
  'two\nlines',
  'constructor',
  '=cmd()',
];

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom(...TEXTS));
const number = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);

const OTHERS: readonly (readonly [kind: unknown, of: (schema: z.ZodType) => fc.Arbitrary<unknown>])[] = [
  [z.ZodEnum, (schema) => fc.constantFrom(...(schema as z.ZodEnum).options)],
  [z.ZodLiteral, (schema) => fc.constantFrom(...(schema as z.ZodLiteral).values)],
  [z.ZodBoolean, () => fc.boolean()],
  [z.ZodNumber, () => number],
  [z.ZodString, () => text],
  [z.ZodISODateTime, () => fc.constantFrom('2026-01-31T23:59:59Z', '2026-01-31T23:59:59.123+08:00')],
];

function ofObject(schema: z.ZodObject): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.shape);
  const required = members.filter(([, member]) => !(member instanceof z.ZodOptional)).map(([name]) => name);
  const model = Object.fromEntries(members.map(([name, member]) => [name, arbitraryOf(member)]));
  return fc.record(model, { requiredKeys: required, noNullPrototype: true });
}

function unfiltered(schema: z.ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional) return arbitraryOf(schema.unwrap());
  if (schema instanceof z.ZodObject) return ofObject(schema);
  if (schema instanceof z.ZodArray) return fc.array(arbitraryOf(schema.element), { maxLength: 3 });
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map((option) => arbitraryOf(option)));
  if (schema instanceof z.ZodRecord) {
    const [key, value] = [arbitraryOf(schema.keyType), arbitraryOf(schema.valueType)];
    return fc.dictionary(key as fc.Arbitrary<string>, value, { maxKeys: 3, noNullPrototype: true });
  }
  const found = OTHERS.find(([kind]) => schema instanceof (kind as new () => object));
  if (found === undefined) throw new Error(`no arbitrary for ${schema.constructor.name}`);
  return found[1](schema);
}

/** Values that a schema of the contracts takes, made of the schema itself. */
export function arbitraryOf(schema: unknown): fc.Arbitrary<unknown> {
  if (!(schema instanceof z.ZodType)) throw new Error('no schema');
  return unfiltered(schema).filter((value) => schema.safeParse(value).success);
}
