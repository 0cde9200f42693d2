import { z } from 'zod';
import { Time } from './values.ts';

/** The version written into each line. */
export const AUDIT_VERSION = 1;

/** Who did it: the holder of the admin token, a session begun with it, this run's token, or an editor. */
export const Actor = z.object({
  kind: z.enum(['admin_token', 'run_token', 'session', 'command', 'file']),
  /** The peer's address; `null` where there is none. */
  address: z.string().nullable(),
  /** The id of the session, where it was one. */
  session: z.string().optional(),
});
export type Actor = z.infer<typeof Actor>;

/** One line of `logs/audit-<day>.jsonl`. It never holds a secret: changed values of secret members are masked. */
export const AuditEntry = z.object({
  v: z.literal(AUDIT_VERSION),
  time: Time,
  actor: Actor,
  /** What was done to what: `user.create`, `proxy_key.reveal`, `session.refuse`, `system.update`, … */
  action: z.string(),
  /** The id of what it was done to; `null` where it has none. */
  target: z.string().nullable(),
  /** Members that changed, before and after. */
  changes: z.array(z.object({ member: z.string(), before: z.unknown(), after: z.unknown() })).optional(),
  /** Anything else worth keeping, without secrets. */
  details: z.record(z.string(), z.unknown()).optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
