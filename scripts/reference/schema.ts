import { z } from 'zod';
import { DocumentSchema } from '../../src-main/contract/document.ts';
import { CHANNELS } from './channels.ts';
import { PEOPLE } from './people.ts';
import { SYSTEM } from './system.ts';
import type { Told, ToldMembers } from './told.ts';

/** What zod makes of the contract, as far as it is read here (JSON Schema, draft 7). */
export interface Schema {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  maxLength?: number;
  format?: string;
  pattern?: string;
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  description?: string;
  default?: unknown;
  examples?: readonly unknown[];
  secret?: unknown;
  title?: string;
  $schema?: string;
}

/** Everything the reference says, by path. */
export const TOLD: ToldMembers = { ...PEOPLE, ...CHANNELS, ...SYSTEM };

/** A member of the configuration, in the order of the contract. */
export interface Member {
  /** `channels.*.priority`; members of limits are told once, as `limits.…`. */
  readonly path: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

const LIMITS = /\.(?:limits|rate_limit)$/;
/** Zod gives whole numbers this bound; nobody means it. */
const LARGEST = Number.MAX_SAFE_INTEGER;

function membersBelow(schema: Schema, path: string): Member[] {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
    { path: at(name), schema: member, isRequired: schema.required?.includes(name) ?? false },
    ...membersBelow(member, LIMITS.test(at(name)) ? 'limits' : at(name)),
  ]);
  const { additionalProperties: each, propertyNames, items } = schema;
  const inEach = typeof each === 'object' && propertyNames !== undefined ? membersBelow(each, at('*')) : [];
  return [...named, ...inEach, ...(items === undefined ? [] : membersBelow(items, `${path}[]`))];
}

function contract(): Schema {
  // Zod's type of it is wider than what it makes of this document.
  return z.toJSONSchema(DocumentSchema, { target: 'draft-7', io: 'input' }) as Schema;
}

/** All members, each once. */
export function members(): readonly Member[] {
  return [...new Map(membersBelow(contract(), '').map((member) => [member.path, member])).values()];
}

function describe(schema: Schema, told: Told | undefined): void {
  if (schema.maximum === LARGEST) delete schema.maximum;
  delete schema.secret;
  if (told === undefined) return;
  schema.description = told.unit === undefined ? told.text[0] : `${told.text[0]} In ${told.unit[0]}.`;
  const { byDefault, example } = told;
  if (byDefault !== undefined && typeof byDefault !== 'object') schema.default = byDefault;
  if (example !== undefined) schema.examples = [example];
}

/** The schema for editors: a file may hold some of the sections, and name this schema. */
export function editorSchema(): Schema {
  const root = contract();
  for (const { path, schema } of membersBelow(root, '')) describe(schema, TOLD[path]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'AIProxy configuration',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...root.properties },
    additionalProperties: true,
  };
}
