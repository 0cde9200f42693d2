import type { MiddlewareHandler } from 'hono';
import type { AdminEnv } from './api-router.ts';

/**
 * Masks keys in the JSON of error answers: they repeat what was sent (an unknown member, an id, a parameter), and what
 * was sent may be a key that was pasted into the wrong place.
 */
export function maskedErrors(maskKeys: (text: string) => string): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    await next();
    const { res } = context;
    if (res.status < 400 || !/^application\/json\b/.test(res.headers.get('content-type') ?? '')) return;
    const body: unknown = await res.json();
    const headers = new Headers(res.headers);
    headers.delete('content-length');
    // Assigned twice: else Hono merges the old answer's headers into the new one's.
    context.res = undefined;
    context.res = new Response(JSON.stringify(withMaskedTexts(body, maskKeys)), {
      status: res.status,
      headers,
    });
  };
}

/** Texts and names of members alike, at any depth. */
function withMaskedTexts(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item: unknown) => withMaskedTexts(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [mask(name), withMaskedTexts(inner, mask)]),
  );
}
