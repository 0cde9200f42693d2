import type { MiddlewareHandler } from 'hono';
import { refuse } from './console-error.ts';

const JSON_TYPE = /^application\/(?:json|merge-patch\+json)(?:\s*;|$)/i;

/**
 * Refuses bodies that a page of another origin could send without asking first (forms, plain text). It is a guard
 * rather than a matter of formats, hence 403 and not 415.
 * @param others paths that take another content type, which must need a preflight too
 */
export function jsonOnly(others: Readonly<Record<string, string>> = {}): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req;
    const length = context.req.header('content-length');
    const hasBody = context.req.header('transfer-encoding') !== undefined || (length ?? '0') !== '0';
    const type = context.req.header('content-type');
    const isAllowed =
      method === 'GET' ||
      method === 'HEAD' ||
      (type === undefined ? !hasBody : JSON_TYPE.test(type) || type === others[path]);
    if (isAllowed) return next();
    const other = others[path];
    const wanted = other === undefined ? 'Send JSON, as application/json.' : `Send ${other}.`;
    return refuse(context, 'content_type_not_allowed', wanted);
  };
}
