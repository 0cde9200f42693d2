import type { ModelsByHost } from '../contract/host-models.ts';

/** Something about a document, at a path of member names and indexes from its root. */
export interface DocumentIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** What the checks need to know about platforms; the registry supplies it, because core may not import it. */
export interface PlatformFacts {
  platformOf(name: string): PlatformFact | undefined;
  platformNames(): readonly string[];
  /** The platform whose host this is, else `custom`. */
  recognisePlatform(hostname: string): string;
}

/** The part of a platform that decides whether a channel's settings make sense. */
export interface PlatformFact {
  readonly baseUrl: string | null;
  readonly allowPrivate: boolean;
  /** Whether it serves OpenAI's chat at a place of its own. */
  readonly speaksChat: boolean;
  /** Globs of the models that are usually its own; none where any may be. */
  readonly usualModels: readonly string[];
  /** The same for hosts that have models of their own. */
  readonly usualModelsByHost: ModelsByHost;
  readonly settings: SettingsSchema;
}

/** The one member of a zod schema that is used on `channel.settings`. */
interface SettingsSchema {
  safeParse(value: unknown): {
    readonly success: boolean;
    readonly error?:
      | { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
      | undefined;
  };
}

/** What a schema's issue says, in plain words where zod's own speak of `undefined`. */
export function issueText(issue: { readonly code?: string | undefined; readonly message: string }): string {
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return isMissing ? 'is missing' : issue.message;
}

/** An issue that makes the document unusable. */
export function errorAt(path: DocumentIssue['path'], message: string): DocumentIssue {
  return { path, message, severity: 'error' };
}

/** An issue an admin should know of, with which the document can be used. */
export function warningAt(path: DocumentIssue['path'], message: string): DocumentIssue {
  return { path, message, severity: 'warning' };
}
