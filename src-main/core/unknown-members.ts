import { z } from 'zod';
import { DocumentSchema } from '../contract/document.ts';
import { type DocumentIssue, warningAt } from './document-issue.ts';
import { suggestion } from './nearest-name.ts';

/** What may stand inside a value: named members, or one shape for every member or item; `null` where anything may. */
interface Shape {
  readonly members: ReadonlyMap<string, Shape | null> | null;
  readonly each: Shape | null;
}

function shapeOfObject(schema: z.ZodObject): Shape | null {
  const members = Object.entries(schema.shape);
  if (members.length === 0) return null;
  return { members: new Map(members.map(([name, member]) => [name, shapeOf(member)])), each: null };
}

function shapeOf(schema: unknown): Shape | null {
  if (schema instanceof z.ZodOptional) return shapeOf(schema.unwrap());
  if (schema instanceof z.ZodObject) return shapeOfObject(schema);
  if (schema instanceof z.ZodUnion)
    return schema.options.map(shapeOf).find((shape) => shape !== null) ?? null;
  const inner =
    schema instanceof z.ZodArray ? schema.element : schema instanceof z.ZodRecord ? schema.valueType : null;
  const each = inner === null ? null : shapeOf(inner);
  return each === null ? null : { members: null, each };
}

const ROOT = shapeOf(DocumentSchema);

/** Nobody reads more, and each one is compared with all members there may be. */
const MOST_SUGGESTIONS = 50;

/** Comments begin with `_`; editors read `$schema`. */
const isNote = (name: string): boolean => name.startsWith('_') || name === '$schema';

function visit(value: unknown, shape: Shape, path: DocumentIssue['path'], found: DocumentIssue[]): void {
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  for (const [name, member] of Object.entries(value)) {
    const inner = shape.members === null ? shape.each : shape.members.get(name);
    const at = () => [...path, isList ? Number(name) : name];
    if (inner === undefined && !isNote(name)) {
      const hint = found.length < MOST_SUGGESTIONS ? suggestion(name, shape.members?.keys() ?? []) : '';
      found.push(warningAt(at(), `unknown member "${name}"${hint}`));
    }
    if (inner !== undefined && inner !== null) visit(member, inner, at(), found);
  }
}

/** Warnings for members no schema names; those that begin with `_` are comments, and `$schema` is for editors. */
export function unknownMembers(document: object): DocumentIssue[] {
  const found: DocumentIssue[] = [];
  if (ROOT !== null) visit(document, ROOT, [], found);
  return found;
}
