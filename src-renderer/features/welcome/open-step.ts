import type { Setup } from '../../api/setup.ts';

/** The step that is open: the one that was chosen, else the first that is not done; 0 where all are. */
export function openStep(chosen: string, { hasChannel, hasUser, hasAnswer }: Setup): number {
  if (['1', '2', '3'].includes(chosen)) return Number(chosen);
  if (!hasChannel) return 1;
  if (!hasUser) return 2;
  return hasAnswer ? 0 : 3;
}
