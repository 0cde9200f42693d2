const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Azure's sessions name a deployment. */
const MODEL_MEMBER = /^(?:model|deployment)$/i;
const MODEL = /"model"\s*:\s*"([^"\\]*)"/g;
const QUOTED_MODEL = [...encoder.encode('"model"')];

function mentionsModel(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x22); at >= 0; at = bytes.indexOf(0x22, at + 1)) {
    if (QUOTED_MODEL.every((byte, offset) => bytes[at + offset] === byte)) return true;
  }
  return false;
}

/**
 * Puts the name the client asked for back where the platform names the mapped model (or a dated version of
 * it). A quote inside a JSON string is escaped, so text that a model wrote cannot match.
 * @returns the same bytes where nothing changes
 */
export function modelNameBack(mapped: string, asked: string): (bytes: Uint8Array) => Uint8Array {
  const isMapped = (name: string): boolean => name === mapped || name.startsWith(`${mapped}-`);
  return (bytes) => {
    if (!mentionsModel(bytes)) return bytes;
    const before = decoder.decode(bytes);
    const after = before.replace(MODEL, (whole, name: string) =>
      isMapped(name) ? `"model":${JSON.stringify(asked)}` : whole,
    );
    return after === before ? bytes : encoder.encode(after);
  };
}

/** Every model a query names, whatever the case of the member. @param query without question mark */
export function modelsInQuery(query: string): readonly string[] {
  if (query === '') return [];
  return [...new URLSearchParams(query)].flatMap(([member, value]) =>
    MODEL_MEMBER.test(member) ? [value] : [],
  );
}
