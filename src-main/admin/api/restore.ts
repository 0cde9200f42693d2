import { createRoute, z } from '@hono/zod-openapi';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { refuse } from '../console-error.ts';
import type { SignIn } from '../sign-in.ts';
import { BACKUP_TYPE } from './backup.ts';

/** Where a backup is sent to: it takes no JSON, and larger bodies than other paths do. */
export const RESTORE_PATH = '/api/v1/restore';

const Restored = z
  .object({
    created_at: z.string(),
    version: z.string(),
    files: z.int(),
    size_bytes: z.int(),
    admin_token_changed: z.boolean(),
    previous: z.string().nullable(),
  })
  .openapi('Restored');

const restoreBackup = createRoute({
  method: 'post',
  path: '/restore',
  summary: 'Replaces configuration and statistics by those of a backup',
  description:
    'All of the backup (at most 1 GiB) is checked before anything is changed; requests are served meanwhile. What was ' +
    'there before is kept as a backup on the server, at the path `previous`. The admin token becomes the one that was ' +
    'valid when the backup was made (`admin_token_changed`), and all sessions of the console end. Listeners ' +
    'change at the next start.',
  tags: ['Backup'],
  request: {
    body: {
      required: true,
      content: { [BACKUP_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
  responses: { 200: jsonAnswer(Restored, 'What was restored'), ...ERRORS },
});

/** Backups, brought back. */
export function restoreRoutes({ archive, audit }: AdminContext, { sessions }: SignIn) {
  return apiRouter().openapi(restoreBackup, async (context) => {
    const { body } = context.req.raw;
    // The refusal is one of the errors that the route's description allows.
    if (body === null) return refuse(context, 'bad_request', 'Send the backup as the body.') as never;
    const restored = await archive.restore(body);
    // Who was let in by what is no longer there comes in anew.
    await sessions.end(() => true);
    const details = { ...restored };
    await audit.append({ actor: context.get('actor'), action: 'backup.restore', target: null, details });
    return context.json(restored, 200);
  });
}
