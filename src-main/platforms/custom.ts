import { definePlatform } from './define.ts';

/** Anything else: every path passes as it came, the key travels as a bearer token. */
export const custom = definePlatform({ id: 'custom', label: 'Custom', dialect: 'raw' });
