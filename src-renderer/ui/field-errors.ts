import type { ReactNode } from 'react';
import type { FieldIssue } from '../api/failure.ts';

/** Errors by the path of their field, as forms keep them. */
type FormErrors = Readonly<Record<string, ReactNode>>;

const isAtOrBelow = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`);

/** The first error of a field or of a part of it, such as one entry of a list. */
export function errorAt(errors: FormErrors, field: string): string | undefined {
  const path = Object.keys(errors).find((one) => isAtOrBelow(one, field));
  return path === undefined ? undefined : String(errors[path]);
}

/** The errors of the parts of a field, by the path below it. */
export function errorsBelow(errors: FormErrors, field: string): Readonly<Record<string, string>> {
  const below = Object.entries(errors).filter(([path]) => path.startsWith(`${field}.`));
  return Object.fromEntries(below.map(([path, error]) => [path.slice(field.length + 1), String(error)]));
}

/** What the server refused, parted by whether a form has a field for it. */
export interface RefusedFields {
  readonly errors: Readonly<Record<string, string>>;
  readonly elsewhere: readonly FieldIssue[];
}

/** Parts refusals by the fields that a form has. @param fields their paths; parts of them count */
export function refusedFields(issues: readonly FieldIssue[], fields: readonly string[]): RefusedFields {
  const hasField = ({ path }: FieldIssue): boolean => fields.some((field) => isAtOrBelow(path, field));
  const here = issues.filter(hasField).map(({ path, message }) => [path, message] as const);
  return { errors: Object.fromEntries(here), elsewhere: issues.filter((issue) => !hasField(issue)) };
}
