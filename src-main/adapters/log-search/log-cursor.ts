import { ProxyError } from '../../contract/errors.ts';

/** A place between two lines of a log. */
export interface LogPlace {
  readonly day: string;
  readonly part: number;
  /** In bytes; what stands before it in its file is older. */
  readonly offset: number;
}

/** What a client is given to come back with. It means nothing to it. */
export function cursorOf({ day, part, offset }: LogPlace): string {
  return Buffer.from(`${day}.${part}.${offset}`).toString('base64url');
}

/** The place a cursor stands for. @throws ProxyError `validation_failed` where it is none of ours */
export function placeOf(cursor: string): LogPlace {
  const match = /^(\d{4}-\d{2}-\d{2})\.(\d{1,9})\.(\d{1,15})$/.exec(
    Buffer.from(cursor, 'base64url').toString('latin1'),
  );
  const place = { day: match?.[1] ?? '', part: Number(match?.[2]), offset: Number(match?.[3]) };
  if (match === null || cursorOf(place) !== cursor) throw badCursor();
  return place;
}

/** The refusal of a cursor that cannot be gone on from. */
export function badCursor(): ProxyError {
  return new ProxyError(
    'validation_failed',
    'cursor: is none that this log gave out, or the log has changed',
  );
}
