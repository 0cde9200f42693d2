/** A JSON object that a client sent; nothing about its members is known yet. */
export type JsonObject = { readonly [name: string]: unknown };

/** Parses a body that must be a JSON object. @returns `null` where it is none */
export function parseObject(body: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is a string, or the empty string. */
export function stringOf(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}
