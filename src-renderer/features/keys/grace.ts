/** How long an old key may stay valid, in seconds, as can be chosen with one press. */
const GRACES = [0, 3_600, 86_400, 604_800, 2_592_000] as const;

/** A day: what programs need that read their key when they start. */
export const FIRST_GRACE: GraceChoice = '86400';

const DAY_S = 86_400;
const MOST_DAYS = 90;

/** One of the graces, or another time in days. */
export type GraceChoice = `${(typeof GRACES)[number]}` | 'custom';

/** The choices in their order. */
export const GRACE_CHOICES: readonly GraceChoice[] = [
  ...GRACES.map((grace) => `${grace}` as const),
  'custom',
];

/** In seconds; `null` where the days are not between 1 and 90. */
export function graceOf(choice: GraceChoice, days: number | ''): number | null {
  if (choice !== 'custom') return Number(choice);
  return days === '' || days < 1 || days > MOST_DAYS ? null : Math.round(days * DAY_S);
}
