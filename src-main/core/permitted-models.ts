import type { Group, ProxyKey, User } from '../contract/document.ts';
import { modelMatcher } from './model-glob.ts';

/** Who has a list of models. */
export type ModelListOwner = 'key' | 'user' | 'group';

/** One list of models: a model has to be in each of them. */
export interface ModelList {
  readonly owner: ModelListOwner;
  readonly allows: (model: string) => boolean;
}

const nothing = (): boolean => false;

/** The test for one list; an empty one allows nothing, a missing one is no list. */
const listOf = (
  owner: ModelListOwner,
  holder: Pick<ProxyKey | User | Group, 'models'> | undefined,
): readonly ModelList[] => {
  const globs = holder?.models;
  if (globs === undefined) return [];
  return [{ owner, allows: modelMatcher(globs) ?? nothing }];
};

/** The lists that a user and their group bring along for every Proxy-Key. */
export const listsOfUser = (user: User, group: Group | undefined): readonly ModelList[] => [
  ...listOf('user', user),
  ...listOf('group', group),
];

/** The list that a Proxy-Key adds. */
export const listsOfKey = (key: ProxyKey): readonly ModelList[] => listOf('key', key);

/** Whether all lists allow a model; `null` where there is no list, so that nothing is restricted. */
export function allowedByAll(lists: readonly ModelList[]): ((model: string) => boolean) | null {
  const [first, ...others] = lists;
  if (first === undefined) return null;
  if (others.length === 0) return first.allows;
  return (model) => lists.every(({ allows }) => allows(model));
}

/** Whose list refuses a model, the nearest one to the request first; `null` where none does. */
export const refusingOwner = (lists: readonly ModelList[], model: string): ModelListOwner | null =>
  lists.find(({ allows }) => !allows(model))?.owner ?? null;
