type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * What has to be sent to make one record of another (RFC 7396): members that went are `null`, arrays are whole.
 * Members that neither has, such as the server's own, stay as they are.
 */
export function mergePatch(before: Members, after: Members): Members {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const entries: [string, unknown][] = [];
  for (const name of names) {
    const [old, next] = [before[name], after[name]];
    if (isSame(old, next)) continue;
    if (next === undefined) entries.push([name, null]);
    else if (isObject(old) && isObject(next)) entries.push([name, mergePatch(old, next)]);
    else entries.push([name, next]);
  }
  return Object.fromEntries(entries);
}
