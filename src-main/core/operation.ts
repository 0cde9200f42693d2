import type { Dialect } from './dialect.ts';
import type { IdRules } from './id-rules.ts';

/** What a request asks a platform to do, as far as AIProxy treats it differently. */
export type OperationName =
  | 'chat'
  | 'completions'
  | 'responses'
  | 'embeddings'
  | 'messages'
  | 'generate'
  | 'models'
  | 'image'
  | 'audio'
  | 'realtime'
  | 'other';

export interface Operation {
  readonly dialect: Dialect;
  readonly name: OperationName;
  /** Its name in statistics: ids and model names taken out, so that there are few. */
  readonly endpoint: string;
  /** The path in its canonical spelling (`/v1/chat/completions`), without query. */
  readonly path: string;
  /** Whether every platform that can serve it may, each at its own place. */
  readonly canonical: boolean;
  /** Whether the answer tells usage. */
  readonly metered: boolean;
  /** The model where the path names it. */
  readonly model: string | null;
  /** What it has to do with ids that platforms hand out; `null`: nothing. */
  readonly ids: IdRules | null;
}

const METERED = new Set<OperationName>([
  'chat',
  'completions',
  'responses',
  'embeddings',
  'messages',
  'generate',
  'image',
  'audio',
]);

/** An operation of these facts. @param path in its canonical spelling */
export function operation(
  dialect: Dialect,
  name: OperationName,
  endpoint: string,
  path: string,
  rest: Partial<Pick<Operation, 'canonical' | 'model' | 'ids'>> = {},
): Operation {
  return {
    dialect,
    name,
    endpoint,
    path,
    canonical: rest.canonical ?? false,
    metered: METERED.has(name),
    model: rest.model ?? null,
    ids: rest.ids ?? null,
  };
}
