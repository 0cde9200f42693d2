const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * A test for a list of model globs (`gpt-*`), in which `*` stands for any run of characters.
 * @returns `null` where there is no list, so that nothing is restricted
 */
export function modelMatcher(globs: readonly string[] | undefined): ((model: string) => boolean) | null {
  if (globs === undefined || globs.length === 0) return null;
  if (globs.includes('*')) return () => true;
  const exact = new Set(globs.filter((glob) => !glob.includes('*')));
  const patterns = globs.filter((glob) => glob.includes('*'));
  if (patterns.length === 0) return (model) => exact.has(model);
  const pattern = new RegExp(
    `^(?:${patterns.map((glob) => glob.split('*').map(escaped).join('.*')).join('|')})$`,
    's',
  );
  return (model) => exact.has(model) || pattern.test(model);
}
