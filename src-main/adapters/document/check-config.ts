import type { Finding } from '../../contract/configuration-error.ts';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import type { Platform } from '../../core/platform.ts';
import { assemble, findingsOf } from './assemble.ts';
import { findLayout, type Layout } from './layout.ts';
import { platformFacts } from './platform-facts.ts';
import { type FileContent, readConfigFile, versioned } from './read-file.ts';
import { TextEngine } from './text-engine.ts';

export interface CheckOptions {
  /** Absolute. */
  readonly dataDir: string;
  /** A folder or file in place of the data folder's `config/`; absolute. */
  readonly configPath: string | null;
  readonly platforms: readonly Platform[];
}

/** What is wrong or noteworthy in a configuration, errors first. Neither locks nor changes anything. */
export async function checkConfig(options: CheckOptions): Promise<Finding[]> {
  let layout: Layout;
  try {
    layout = await findLayout(options.dataDir, options.configPath);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [...error.findings];
  }
  const engine = new TextEngine();
  try {
    return await checkLayout(layout, options.platforms, engine);
  } finally {
    await engine.close();
  }
}

async function checkLayout(
  layout: Layout,
  platforms: readonly Platform[],
  engine: TextEngine,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const contents: FileContent[] = [];
  for (const { path } of layout.slots) {
    const found = await readConfigFile(path, engine);
    const read = layout.own ? versioned(found) : found;
    if (read.ok) contents.push(read.content);
    else if (read.why !== 'missing') findings.push(...read.findings);
  }
  // Across files nothing can be said while one of them cannot be read.
  if (findings.length > 0) return findings;
  return findingsOf(assemble(contents, undefined, platformFacts(platforms)).issues, engine);
}
