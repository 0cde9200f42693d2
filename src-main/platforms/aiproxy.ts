import { definePlatform } from './define.ts';

/** A central key service: another AIProxy, whose key for us is a Proxy-Key. It serves whatever its own channels do. */
export const aiproxy = definePlatform({
  id: 'aiproxy',
  label: 'AIProxy (central key service)',
  allowPrivate: true,
  streamUsage: true,
});
