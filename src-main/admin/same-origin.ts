import type { MiddlewareHandler } from 'hono';
import { refuse } from './console-error.ts';

/**
 * The origins under which a browser on this computer knows the console.
 * @param port the real one, 1 to 65535
 */
export function loopbackOrigins(port: number, tls: boolean): readonly string[] {
  const scheme = tls ? 'https' : 'http';
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => new URL(`${scheme}://${host}:${port}`).origin);
}

/**
 * Refuses what was addressed to another name (DNS rebinding) and what another origin's page sent. A request without
 * `Origin` is a navigation or no browser at all.
 * @param allowed asked for at each request, because the configuration may change
 */
export function sameOrigin(allowed: () => readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const origins = allowed();
    const host = context.req.header('host')?.toLowerCase();
    if (!origins.some((origin) => new URL(origin).host === withoutDefaultPort(origin, host))) {
      return refuse(context, 'host_not_allowed', 'The console does not answer under this host name.');
    }
    const origin = context.req.header('origin');
    if (origin !== undefined && !origins.includes(origin)) {
      return refuse(context, 'origin_not_allowed', 'Pages of other origins may not use the console.');
    }
    return next();
  };
}

/** `Host` as the URL parser spells it: without the scheme's own port. */
function withoutDefaultPort(origin: string, host: string | undefined): string | null {
  const scheme = origin.startsWith('https:') ? 'https' : 'http';
  return host !== undefined && /^[a-z0-9.:[\]-]+$/.test(host) && URL.canParse(`${scheme}://${host}`)
    ? new URL(`${scheme}://${host}`).host
    : null;
}
