/** The folded parts of a channel's form, and the members that each holds. */
export const SECTIONS = [
  { name: 'routing', members: ['priority', 'weight', 'model_map', 'path_rewrite'] },
  {
    name: 'connection',
    members: [
      'allow_private',
      'host',
      'headers',
      'supports_websocket',
      'websocket_url',
      'websocket_endpoints',
    ],
  },
  {
    name: 'times',
    members: ['connect_timeout', 'timeout', 'idle_timeout', 'max_body', 'max_retries', 'retry_timeouts'],
  },
  { name: 'limits', members: ['limits'] },
] as const;
export type SectionName = (typeof SECTIONS)[number]['name'];

/** The folded parts that hold one of these paths, which must be in sight: an error stands there. */
export const sectionsOf = (paths: readonly string[]): readonly SectionName[] =>
  SECTIONS.filter(({ members }) =>
    paths.some((path) => members.some((member) => path === member || path.startsWith(`${member}.`))),
  ).map(({ name }) => name);
