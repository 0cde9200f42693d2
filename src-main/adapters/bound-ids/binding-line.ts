import { z } from 'zod';
import type { Binding } from '../../core/ports.ts';

const LINE = z.object({
  v: z.literal(1),
  id: z.string(),
  channel: z.string(),
  user: z.string(),
  api_key_digest: z.string(),
  key_id: z.string().optional(),
  expires_at: z.iso.datetime().transform((time) => Date.parse(time)),
});

/** One binding as a line of the file, its end included. */
export function bindingLine(id: string, { expires_at, ...binding }: Binding): string {
  const time = new Date(expires_at).toISOString();
  return `${JSON.stringify({ v: 1, id, ...binding, expires_at: time })}\n`;
}

/** A line of the file; `null` for one that is torn, or written by a version that is not known. */
export function readBindingLine(line: string): { readonly id: string; readonly binding: Binding } | null {
  try {
    const { data } = LINE.safeParse(JSON.parse(line));
    if (data === undefined) return null;
    const { v: _, id, key_id, ...binding } = data;
    return { id, binding: key_id === undefined ? binding : { ...binding, key_id } };
  } catch {
    return null;
  }
}
