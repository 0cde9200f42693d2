import type { SeenRequest } from '../seen-request.ts';

/** The keys in `Authorization` headers of the scheme Bearer, whatever its case. */
export function bearerKeys(seen: SeenRequest): readonly string[] {
  return seen
    .header('authorization')
    .map((value) => /^bearer +(.*)$/i.exec(value)?.[1] ?? `not a bearer: ${value}`);
}
