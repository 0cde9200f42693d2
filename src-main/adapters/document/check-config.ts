import type { Finding } from '../../contract/configuration-error.ts';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import type { Document } from '../../contract/document.ts';
import type { DocumentIssue } from '../../core/document-issue.ts';
import { exampleKeyErrors, exampleKeyWarnings } from '../../core/example-key.ts';
import { overlappingChannels } from '../../core/overlapping-channels.ts';
import type { Platform } from '../../core/platform.ts';
import type { Env } from '../../core/secret-reference.ts';
import { assemble, findingsOf, hasErrors, type PlacedIssue } from './assemble.ts';
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
  /** What `env:NAME` stands for here; another environment may start AIProxy, so what it says is a warning. */
  readonly env?: Env;
}

/** A configuration as it stands on the disk. */
export interface CheckedConfig {
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** What it says; `null` where its files cannot be read. Where there are errors it may lack what is wrong. */
  readonly document: Document | null;
  /** The files that are there. */
  readonly files: readonly string[];
}

/** What is wrong or noteworthy in a configuration, errors first. Neither locks nor changes anything. */
export async function checkConfig(options: CheckOptions): Promise<readonly Finding[]> {
  return (await readConfig(options)).findings;
}

/** A configuration with what is wrong in it. Neither locks nor changes anything. */
export async function readConfig(options: CheckOptions): Promise<CheckedConfig> {
  let layout: Layout;
  try {
    layout = await findLayout(options.dataDir, options.configPath);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { findings: error.findings, document: null, files: [] };
  }
  const engine = new TextEngine();
  try {
    return await readLayout(layout, options, engine);
  } finally {
    await engine.close();
  }
}

async function readLayout(
  layout: Layout,
  { platforms, env = {} }: CheckOptions,
  engine: TextEngine,
): Promise<CheckedConfig> {
  const findings: Finding[] = [];
  const contents: FileContent[] = [];
  const files: string[] = [];
  for (const { path } of layout.slots) {
    const found = await readConfigFile(path, engine);
    const read = layout.own ? versioned(found) : found;
    if (read.ok || read.why !== 'missing') files.push(path);
    if (read.ok) contents.push(read.content);
    else if (read.why !== 'missing') findings.push(...read.findings);
  }
  // Across files nothing can be said while one of them cannot be read.
  if (findings.length > 0) return { findings, document: null, files };
  const facts = platformFacts(platforms);
  const assembly = assemble(contents, undefined, facts);
  const { document, issues, places } = assembly;
  const placed = (issue: DocumentIssue): PlacedIssue => ({
    file: places.get(issue.path[0] === 'channels' ? 'channels' : 'proxy_keys') ?? contents[0] ?? null,
    ...issue,
  });
  // In files of the older system each key names its channel.
  const overlaps = assembly.readOnly === null ? overlappingChannels(document, facts) : [];
  const examples = [...exampleKeyErrors(document), ...exampleKeyWarnings(document, env)];
  const more = hasErrors(assembly) ? [] : [...examples, ...overlaps].map(placed);
  return { findings: await findingsOf([...issues, ...more], engine), document, files };
}
