import { useParams } from 'wouter';
import { usePath } from './place.ts';

/** As `encodeURIComponent` wrote it; what somebody typed may be no such text. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * The id at the end of an address such as `/users/ann%40example.com`; `undefined` where it has none. (What wouter gives
 * is decoded by `decodeURI`, which leaves `%40` and eleven others as they are.)
 */
export function useRouteId(): string | undefined {
  const { id } = useParams();
  const segments = usePath().split('/');
  return id === undefined ? undefined : decoded(segments[2] ?? '');
}
