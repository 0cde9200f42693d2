import { z } from 'zod';

/** What becomes of a row of a list of people. */
export const FATES = ['new', 'changed', 'same', 'duplicate', 'mistake'] as const;
export type Fate = (typeof FATES)[number];

/** Why a row is left out. */
export const ROW_REASONS = [
  'name_missing',
  'name_too_long',
  'name_invalid',
  'email_invalid',
  'text_too_long',
  'group_unknown',
  'group_ambiguous',
  'user_ambiguous',
  'same_row',
] as const;
export type RowReason = (typeof ROW_REASONS)[number];

/** The members that a list of people can say something about. */
export const PERSON_MEMBERS = ['name', 'department', 'email', 'phone', 'group'] as const;
export type PersonMember = (typeof PERSON_MEMBERS)[number];

/** One row of a list of people, and what becomes of it. */
export const PlannedPerson = z.object({
  /** As a spreadsheet counts: the first row is 1. */
  row: z.int(),
  fate: z.enum(FATES),
  name: z.string(),
  department: z.string(),
  email: z.string(),
  phone: z.string(),
  /** As the list calls it; the name of the group that is meant where it names none. */
  group: z.string(),
  /** The id of a group that is there; `null` where none is meant, or it is made. */
  group_id: z.string().nullable(),
  /** The id of the user; `null` where one is made, or none is meant. */
  user: z.string().nullable(),
  /** What changes in a user who is there already. */
  changes: z.array(z.object({ member: z.enum(PERSON_MEMBERS), before: z.string(), after: z.string() })),
  /** Whether a Proxy-Key is made. */
  key: z.boolean(),
  /** Why the row is left out; `value` is what is wrong, `other_row` the row that it repeats. */
  reason: z
    .object({
      code: z.enum(ROW_REASONS),
      value: z.string(),
      other_row: z.int().nullable(),
      message: z.string(),
    })
    .nullable(),
});
export type PlannedPerson = z.infer<typeof PlannedPerson>;

/** How many rows have which fate, and what is made for them. */
export const PeopleCounts = z.object({
  ...(Object.fromEntries(FATES.map((fate) => [fate, z.int()])) as Record<Fate, z.ZodInt>),
  keys: z.int(),
  groups: z.int(),
  /** New people who may not use any channel yet. */
  without_channels: z.int(),
});
export type PeopleCounts = z.infer<typeof PeopleCounts>;
