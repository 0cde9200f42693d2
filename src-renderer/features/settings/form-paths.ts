import type { FieldIssue } from '../../api/failure.ts';

type Members = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paths of a form's fields, joined by dots; a list is one field. */
export function fieldPaths(values: Members, prefix = ''): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    isGroup(value) ? fieldPaths(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}

const isWithin = (path: string, outer: string): boolean => path === outer || path.startsWith(`${outer}.`);

/** The field that a refusal is about: that of its path, the list it is in, or the first one of its group. */
function fieldOf(path: string, fields: readonly string[]): string | undefined {
  return fields.find((field) => isWithin(path, field)) ?? fields.find((field) => isWithin(field, path));
}

/** Puts refusals at fields; those that no field has come back. */
export function placedIssues(issues: readonly FieldIssue[], fields: readonly string[]) {
  const errors: Record<string, string> = {};
  const elsewhere: FieldIssue[] = [];
  for (const issue of issues) {
    const field = fieldOf(issue.path, fields);
    if (field === undefined) elsewhere.push(issue);
    else errors[field] ??= issue.message;
  }
  return { errors, elsewhere };
}

/**
 * A form's values as the document has them: an empty field is a member left out. The first groups stay, because other
 * members than the form's may stand in them; deeper ones are whole or not there.
 */
export function withoutEmpty(values: Members, depth = 0): Members {
  const entries = Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
    if (value === '' || value === undefined) return [];
    if (!isGroup(value)) return [[name, value]];
    const inner = withoutEmpty(value, depth + 1);
    return depth > 0 && Object.keys(inner).length === 0 ? [] : [[name, inner]];
  });
  return Object.fromEntries(entries);
}
