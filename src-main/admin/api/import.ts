import { createRoute, z } from '@hono/zod-openapi';
import { ConfigurationError, findingLine } from '../../contract/configuration-error.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { AdminContext, ImportSummary, UploadedFile } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { type FieldIssue, Refusal } from '../console-error.ts';

const Files = z.strictObject({
  files: z
    .array(
      z.strictObject({
        /** A path is taken for its last part. */
        name: z.string().min(1).max(1024).openapi({ example: 'api_keys.json' }),
        content: z.string(),
      }),
    )
    .min(1)
    .max(100),
});

const Imported = z
  .object({
    /** Records added, by section; `skipped` were there already. */
    counts: z.record(z.string(), z.int()),
    warnings: z.array(z.string()),
  })
  .openapi('Imported');

const importFiles = createRoute({
  method: 'post',
  path: '/import',
  summary: "Takes the old system's files into the document",
  description:
    'All of it or nothing. Done twice, the second time changes nothing. JSON and YAML, by the names.',
  tags: ['Backup'],
  request: { body: jsonBody(Files) },
  responses: { 200: jsonAnswer(Imported, 'What was imported'), ...ERRORS },
});

/** Names the place within the file, and the file's place within the body. */
function refusalOf(
  { message, findings, unlisted }: ConfigurationError,
  files: readonly UploadedFile[],
): Refusal {
  const issues = findings
    .filter(({ severity }) => severity === 'error')
    .map((finding): FieldIssue => {
      const index = files.findIndex(({ name }) => name === finding.file);
      return { path: index < 0 ? 'files' : `files.${index}.content`, message: findingLine(finding) };
    });
  if (unlisted > 0) issues.push({ path: 'files', message: `${unlisted} more mistakes` });
  return new Refusal('validation_failed', message, { issues });
}

/** The older system's files, uploaded. */
export function importRoutes({ importFiles: take, store, audit }: AdminContext) {
  return apiRouter().openapi(importFiles, async (context) => {
    const { files } = context.req.valid('json');
    if (store.readOnly !== null) throw new ProxyError('config_read_only', store.readOnly);
    let summary: ImportSummary;
    try {
      summary = await take(files);
    } catch (error) {
      throw error instanceof ConfigurationError ? refusalOf(error, files) : error;
    }
    const details = { files: files.map(({ name }) => name), ...summary.counts };
    await audit.append({ actor: context.get('actor'), action: 'document.import', target: null, details });
    return context.json({ counts: { ...summary.counts }, warnings: [...summary.warnings] }, 200);
  });
}
