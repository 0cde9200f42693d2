import type { User } from '../contract/document.ts';

/** A department, and how many users name it. */
export interface Department {
  readonly department: string;
  readonly users: number;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Every department that a user names, in the order in which people sort names. */
export function departmentsOf(users: Readonly<Record<string, User>>): Department[] {
  const counts = new Map<string, number>();
  for (const { department = '' } of Object.values(users)) {
    counts.set(department, (counts.get(department) ?? 0) + 1);
  }
  counts.delete('');
  return [...counts]
    .map(([department, count]) => ({ department, users: count }))
    .toSorted((one, other) => COLLATOR.compare(one.department, other.department));
}
