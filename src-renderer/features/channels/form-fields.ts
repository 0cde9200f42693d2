import { SECTIONS } from './advanced-sections.ts';

/** The paths of a record at which a channel's form has a field. */
export const FIELDS: readonly string[] = [
  'id',
  'name',
  'platform',
  'base_url',
  'api_key',
  'api_keys',
  'settings',
  'models',
  ...SECTIONS.flatMap(({ members }) => members),
];
