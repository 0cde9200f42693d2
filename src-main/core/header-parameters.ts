const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PARAMETER = new RegExp(`[ \\t]*;[ \\t]*(${TOKEN})=(?:"([^"\\\\]*)"|([^\\s;"]+))`, 'y');
const REST = /[ \t]*;?[ \t]*$/y;

/**
 * The parameters of a header value (`form-data; name="model"`), names in lower case.
 * @param what the value in front of them, in lower case
 * @returns `null` where parsers might read them differently: doubled names, backslashes, anything unforeseen
 */
export function headerParameters(value: string, what: string): ReadonlyMap<string, string> | null {
  if (value.slice(0, what.length).toLowerCase() !== what) return null;
  const parameters = new Map<string, string>();
  let at = what.length;
  for (;;) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(value);
    if (match === null) break;
    const name = (match[1] ?? '').toLowerCase();
    if (parameters.has(name)) return null;
    parameters.set(name, match[2] ?? match[3] ?? '');
    at = PARAMETER.lastIndex;
  }
  REST.lastIndex = at;
  return REST.test(value) ? parameters : null;
}
