import type { MiddlewareHandler } from 'hono';

/** Everything the console needs comes from its own origin; nothing may frame it. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** The console's content security policy. @param wider directives of a single page that needs more */
export function contentSecurityPolicy(wider: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...DIRECTIVES, ...wider })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

const HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const POLICY = contentSecurityPolicy();

/**
 * Puts the console's security headers on every answer, refusals included; a page's own policy stays. There is no CORS
 * header among them.
 */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', POLICY);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
};
