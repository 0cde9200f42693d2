/** What a client's message in a session says about models. */
export interface ToldModel {
  /** The model it asks for; `null` where it names none. */
  readonly model: string | null;
  /** Whether it cannot be read without doubt. */
  readonly isDoubtful: boolean;
}

const NO_MODEL: ToldModel = { model: null, isDoubtful: false };
const DOUBT: ToldModel = { model: null, isDoubtful: true };

type Shape = Readonly<Record<string, unknown>>;

const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The model that a text message from a client asks for: DashScope's `run-task` in `payload.model`, OpenAI's
 * `session.update` in `session.model`, Gemini's `setup.model`.
 */
export function modelToldIn(text: string): ToldModel {
  if (!text.includes('model') && !text.includes('\\u')) return NO_MODEL;
  const message = parsed(text);
  if (message === undefined) return DOUBT;
  if (!isShape(message)) return NO_MODEL;
  // A name that stands twice may be read one way here and another way there.
  if (namesModelTwice(text)) return DOUBT;
  for (const holder of [message.payload, message.session, message.setup, message]) {
    if (isShape(holder) && typeof holder.model === 'string') {
      return { model: holder.model.replace(/^models\//, ''), isDoubtful: false };
    }
  }
  return NO_MODEL;
}

/** Counts members, not words: a prompt may speak of models. Escaped spellings count as well. */
function namesModelTwice(text: string): boolean {
  let count = 0;
  for (const [, name = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)) {
    if (unescaped(name) === 'model') count += 1;
  }
  return count > 1;
}

const unescaped = (name: string): string =>
  name.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
