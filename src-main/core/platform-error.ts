type Shape = Readonly<Record<string, unknown>>;
const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A platform's own words about an error; both `null` where its answer has none that are understood. */
export interface PlatformError {
  readonly code: string | null;
  readonly message: string | null;
}

const MAX_CODE = 100;
const MAX_MESSAGE = 500;

function word(value: unknown, longest: number): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : null;
}

function told(shape: Shape): PlatformError {
  return {
    code: word(shape.code, MAX_CODE) ?? word(shape.status, MAX_CODE) ?? word(shape.type, MAX_CODE),
    message: word(shape.message, MAX_MESSAGE) ?? word(shape.msg, MAX_MESSAGE),
  };
}

/** Reads `{error:{…}}` (OpenAI, Anthropic, Gemini), `{code,message}` (DashScope) and `{error:"…"}` (Ollama). */
export function platformError(body: string): PlatformError {
  try {
    const parsed: unknown = JSON.parse(body);
    const answer = Array.isArray(parsed) ? parsed[0] : parsed;
    if (!isShape(answer)) return { code: null, message: null };
    if (typeof answer.error === 'string') return { code: null, message: word(answer.error, MAX_MESSAGE) };
    if (!isShape(answer.error)) return told(answer);
    const inner = told(answer.error);
    // Google's numeric code only repeats the HTTP status; its name says more.
    return typeof answer.error.code === 'number'
      ? { ...inner, code: word(answer.error.status, MAX_CODE) ?? inner.code }
      : inner;
  } catch {
    return { code: null, message: null };
  }
}
