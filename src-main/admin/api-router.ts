import type { HttpBindings } from '@hono/node-server';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Actor } from '../contract/audit.ts';
import { issueText } from '../core/document-issue.ts';
import type { RequestFilter } from '../core/log-search/request-filter.ts';
import { type FieldIssue, refuse } from './console-error.ts';

/** Accompanies a request for a WebSocket; who lets it in says so here. */
export interface Upgrade {
  granted: { readonly filter: RequestFilter; readonly credential: string } | null;
}

/** What the admin API's middleware leaves for its routes. */
export interface AdminEnv {
  Bindings: HttpBindings & { readonly upgrade?: Upgrade };
  Variables: {
    /** Who asks; set for everything behind the sign-in. */
    actor: Actor;
    /** The body, parsed; `undefined` where there was none. */
    body: unknown;
  };
}

/** Where the issues of a schema are, as the API tells them. */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.flatMap((issue) => {
    const at = (...more: readonly string[]) => [...issue.path.map(String), ...more].join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path: at(), message: issueText(issue) }];
    return issue.keys.map((name) => ({ path: at(name), message: 'is not known here' }));
  });
}

/** A router whose routes answer 422 with the path of each field that does not fit its contract. */
export function apiRouter(): OpenAPIHono<AdminEnv> {
  return new OpenAPIHono<AdminEnv>({
    defaultHook: (result, context) => {
      if (result.success) return undefined;
      const issues = fieldIssues(result.error);
      const first = issues[0];
      const message = first === undefined ? 'The request is not valid.' : `${first.path}: ${first.message}`;
      return refuse(context, 'validation_failed', message, { issues });
    },
  });
}

const ErrorBody = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      code: z.string(),
      issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
      affected: z.record(z.string(), z.array(z.string())).optional(),
      current: z.unknown().optional(),
    }),
  })
  .openapi('Error');

/** Every error answer of the admin API, for a route's `responses`. */
export const ERRORS = {
  default: { description: 'Error', content: { 'application/json': { schema: ErrorBody } } },
} as const;

/** A JSON answer, for a route's `responses`. */
export function jsonAnswer<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } } as const;
}

/** A JSON body, for a route's `request`. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}
