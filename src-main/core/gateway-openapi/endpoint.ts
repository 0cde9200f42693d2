/** Whose API an endpoint is: the section it stands in, and the shape of its errors. */
export type Api = 'OpenAI' | 'Azure OpenAI' | 'Anthropic' | 'Gemini' | 'DashScope' | 'Ollama';

/** The type of a member of a body, as JSON Schema names it; `file` for an upload. */
export type MemberType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'file' | 'any';

/** One operation that AIProxy passes on. Bodies are described briefly: whatever else they hold passes unchanged. */
export interface Endpoint {
  readonly api: Api;
  readonly method: 'get' | 'post' | 'delete';
  /** With `{parameters}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /** The platform's own documentation. */
  readonly docs: string;
  readonly request?: {
    readonly type: 'application/json' | 'multipart/form-data';
    readonly members: Readonly<Record<string, MemberType>>;
    readonly required: readonly string[];
    readonly example: Readonly<Record<string, unknown>>;
  };
  readonly answer: {
    /** `101` for a WebSocket. */
    readonly status: 200 | 101;
    readonly type: string | null;
    readonly example?: unknown;
    /** Also as server-sent events. */
    readonly streams?: boolean;
  };
}

/** A JSON request. */
export const json = (
  members: Readonly<Record<string, MemberType>>,
  example: Readonly<Record<string, unknown>>,
  required: readonly string[] = Object.keys(example),
): NonNullable<Endpoint['request']> => ({ type: 'application/json', members, required, example });

/** An upload. */
export const form = (
  members: Readonly<Record<string, MemberType>>,
  required: readonly string[],
): NonNullable<Endpoint['request']> => ({ type: 'multipart/form-data', members, required, example: {} });

/** A JSON answer. @param streams also as server-sent events, where the request asks for it */
export const answers = (example: unknown, streams = false): Endpoint['answer'] => ({
  status: 200,
  type: 'application/json',
  example,
  streams,
});

/** An answer in bytes of the platform's choice. */
export const BYTES: Endpoint['answer'] = { status: 200, type: 'application/octet-stream' };

/** The beginning of a WebSocket. */
export const WEBSOCKET: Endpoint['answer'] = { status: 101, type: null };
