import { createRoute, z } from '@hono/zod-openapi';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS } from '../api-router.ts';

/** The media type of a backup. */
export const BACKUP_TYPE = 'application/gzip';

const makeBackup = createRoute({
  method: 'post',
  path: '/backup',
  summary: 'Makes a backup of configuration and statistics, and sends it',
  description:
    'A `.tar.gz`, read back before it is sent. It holds every key readable: keep it as safe as the keys themselves. ' +
    'Logs are not in it.',
  tags: ['Backup'],
  responses: {
    200: {
      description: 'The backup',
      content: { [BACKUP_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...ERRORS,
  },
});

/** Backups, downloaded. */
export function backupRoutes({ archive, audit }: AdminContext) {
  return apiRouter().openapi(makeBackup, async (context) => {
    const { summary, packedBytes, content } = await archive.create();
    try {
      const { files, size_bytes } = summary;
      await audit.append({
        actor: context.get('actor'),
        action: 'backup.create',
        target: null,
        details: { files, size_bytes },
      });
    } catch (error) {
      await content.cancel();
      throw error;
    }
    const mark = summary.created_at.replaceAll(/\.\d+/g, '').replaceAll(':', '-');
    return context.body(content, 200, {
      'content-type': BACKUP_TYPE,
      'content-length': String(packedBytes),
      'content-disposition': `attachment; filename="aiproxy-backup-${mark}.tar.gz"`,
    });
  });
}
