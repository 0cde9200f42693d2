/**
 * A test for a list of model globs (`gpt-*`), in which `*` stands for any run of characters. It takes time in proportion
 * to the name at most, which clients choose: a regular expression would try every place for every star.
 * @returns `null` where there is no list, so that nothing is restricted
 */
export function modelMatcher(globs: readonly string[] | undefined): ((model: string) => boolean) | null {
  if (globs === undefined || globs.length === 0) return null;
  if (globs.includes('*')) return () => true;
  const exact = new Set(globs.filter((glob) => !glob.includes('*')));
  const patterns = globs.filter((glob) => glob.includes('*')).map((glob) => glob.split('*'));
  if (patterns.length === 0) return (model) => exact.has(model);
  return (model) => exact.has(model) || patterns.some((parts) => fits(model, parts));
}

/** Whether the parts stand in the text in their order: the first at its beginning, the last at its end. */
function fits(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (let i = 1; i < parts.length - 1; i += 1) {
    const part = parts[i] ?? '';
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}
