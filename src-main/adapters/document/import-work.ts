import { ConfigurationError, type Finding } from '../../contract/configuration-error.ts';
import type { Document } from '../../contract/document.ts';
import { platformFacts } from '../../core/platform-facts.ts';
import { shortText } from '../../core/short-text.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import { assembleLegacy, findingsOf, hasErrors, type PlacedIssue } from './assemble.ts';
import { readLegacyFiles } from './legacy-files.ts';
import { TextEngine } from './text-engine.ts';

/** Files to be understood, and the document they are to be added to. */
export interface ImportTask {
  readonly paths: readonly string[];
  readonly base: Document;
}

/** What files of the older system mean, and what is to be said of it; bounded, whatever they hold. */
export interface Understood {
  readonly document: Document;
  readonly findings: readonly Finding[];
  /** How many more there are to be said. */
  readonly more: number;
}

/** Mistakes that are told; whoever has more has chosen the wrong file. */
export const MOST_TOLD = 20;
export const MOST_WARNINGS = 200;
/** Of what is said of one of them, in UTF-16 units: it repeats names of the file, which may be of any length. */
const LONGEST_TOLD = 500;

/** The first mistakes; without any, the first warnings. */
function shortened(issues: readonly PlacedIssue[]): { told: readonly PlacedIssue[]; more: number } {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const [from, most] = errors.length > 0 ? [errors, MOST_TOLD] : [issues, MOST_WARNINGS];
  const told = from
    .slice(0, most)
    .map((issue) => ({ ...issue, message: shortText(issue.message, LONGEST_TOLD) }));
  return { told, more: Math.max(0, from.length - most) };
}

/** Reads the files and checks them against the document, in whichever thread it is called. @throws ConfigurationError */
export async function understandImport({ paths, base }: ImportTask): Promise<Understood> {
  const engine = new TextEngine({ threads: false });
  const contents = await readLegacyFiles(paths, engine);
  const assembly = assembleLegacy(contents, undefined, platformFacts(PLATFORMS), base);
  const { told, more } = shortened(assembly.issues);
  const findings = await findingsOf(told, engine);
  if (hasErrors(assembly)) throw ConfigurationError.of(findings, more);
  return { document: assembly.document, findings, more };
}
