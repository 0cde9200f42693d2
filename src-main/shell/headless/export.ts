import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../adapters/document/check-config.ts';
import { openRetiredIds } from '../../adapters/retired-ids.ts';
import { readOnlyUsage } from '../../adapters/usage/read-only-usage.ts';
import { createUsageExport } from '../../adapters/usage-export.ts';
import { StartError } from '../../app-options.ts';
import { findingLine } from '../../contract/configuration-error.ts';
import type { Document } from '../../contract/document.ts';
import { configuredModels } from '../../core/usage/configured-models.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import { exportOptions, exportQuestion } from './export-options.ts';
import type { Invocation } from './invocation.ts';
import { locations } from './settings.ts';
import { EXIT, type Terminal } from './terminal.ts';

/**
 * Prints the usage by some grouping. Reads the data folder and writes nothing, so a program may run on it meanwhile.
 * @throws UsageError; StartError where there is nothing to read
 */
export async function exportUsage(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { grouping, format } = exportOptions(invocation);
  const where = locations(invocation, terminal);
  const document = await documentAt(where);
  const { time_zone: timeZone } = document.system;
  const question = exportQuestion(invocation, grouping, timeZone, Date.now());
  if (!existsSync(join(where.dataDir, 'logs'))) throw new StartError(`there is no usage in ${where.dataDir}`);
  const usage = readOnlyUsage({
    dataDir: where.dataDir,
    timeZone,
    models: configuredModels(document),
    onProblem: (message, fields) => terminal.err(`aiproxy: ${message} ${JSON.stringify(fields)}\n`),
  });
  const gone = await openRetiredIds(join(where.dataDir, 'state', 'retired-ids.jsonl'));
  // Each question reads the folder anew, so all is asked at once.
  const write = createUsageExport({ usage, document: () => document, gone, inSlices: false });
  for await (const chunk of await write(question, format)) {
    if (!(await terminal.outBytes(chunk))) break;
  }
  return EXIT.ok;
}

async function documentAt(where: ReturnType<typeof locations>): Promise<Document> {
  const { document, findings } = await readConfig({ ...where, platforms: PLATFORMS });
  if (document !== null) return document;
  throw new StartError(findings.map(findingLine).join('\n'));
}
