import { z } from '@hono/zod-openapi';
import type { MapSection } from '../../contract/document.ts';
import { Time } from '../../contract/values.ts';
import { jsonAnswer } from '../api-router.ts';
import type { ResourceKind } from './resource-kind.ts';

const READ_ONLY = 'Set by the server; what is sent is ignored';

const Stamps = {
  created_at: Time.optional().openapi({ readOnly: true, description: READ_ONLY }),
  updated_at: Time.optional().openapi({ readOnly: true, description: READ_ONLY }),
};

/** The schemas of a resource: as it is read, and as it is sent. */
export function contractOf<S extends MapSection>({ schema, title, isStamped, told }: ResourceKind<S>) {
  const stamps = { ...(isStamped ? Stamps : {}), ...told?.schemas };
  return {
    read: schema
      .extend({ id: z.string(), ...stamps })
      .openapi(title, { description: 'Secrets are masked: *** and at most their last four characters.' }),
    sent: schema.extend({ id: z.string().optional(), ...stamps }).partial(),
  };
}

/** The name of a schema among the description's components, to be referred to. */
export const componentOf = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const EtagHeader = {
  ETag: { description: 'The version, for If-Match', schema: { type: 'string' as const } },
};

/** An answer that holds one record and its version. */
export function recordAnswer<R extends z.ZodType>(schema: R, description: string) {
  return { ...jsonAnswer(schema, description), headers: EtagHeader };
}

/** The body of a write: described, but validated against the stored record by the route itself. */
export function describedBody(component: string, description: string) {
  return {
    required: true,
    description,
    content: { 'application/json': { schema: componentOf(component) } },
  };
}

/** The same for a change in part. */
export function patchBody(component: string) {
  return {
    required: true,
    description: 'What is to change (RFC 7396): null removes a member, what is left out stays.',
    content: { 'application/merge-patch+json': { schema: componentOf(component) } },
  };
}

export const IdParam = z.object({ id: z.string() });

/** The precondition of a write. Checked by `ifMatchOf`; here it is described. */
export const IfMatch = z.object({
  'if-match': z
    .string()
    .optional()
    .openapi({ description: 'An ETag: another version is not touched, but answered with 412.' }),
});
