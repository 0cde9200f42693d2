type Shape = Readonly<Record<string, unknown>>;

/** Deeper than any client nests; what lies deeper cannot be judged. */
const DEEPEST = 32;

/**
 * Every model that a client's message names, at whatever depth: DashScope's `payload.model` of `run-task`, OpenAI's
 * `session.model` and the one of its transcription, Gemini's `setup.model`.
 * @returns `null` where it cannot be told without doubt which ones they are
 */
export function modelsToldIn(text: string): readonly string[] | null {
  // An escape may spell the name as well; a message without either names none.
  if (!/model|\\u/i.test(text)) return [];
  const message = parsed(text);
  if (message === undefined) return null;
  const models: string[] = [];
  const members = collect(message, models, 0);
  // A member that stands twice may be read one way here and another way there.
  return members === null || members !== membersCalledModel(text) ? null : models;
}

/** @returns how many members are called `model`; `null` where one is no text, or lies too deep */
function collect(value: unknown, models: string[], depth: number): number | null {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > DEEPEST) return null;
  let members = 0;
  for (const [name, inner] of Object.entries(value as Shape)) {
    if (!Array.isArray(value) && name.toLowerCase() === 'model') {
      if (typeof inner !== 'string') return null;
      members += 1;
      models.push(inner.replace(/^models\//, ''));
    }
    const within = collect(inner, models, depth + 1);
    if (within === null) return null;
    members += within;
  }
  return members;
}

/** Counts members by the text itself, in which those that stand twice are both there. Text within strings does not count. */
function membersCalledModel(text: string): number {
  let count = 0;
  for (const [, quoted = '', colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)) {
    if (colon !== undefined && String(parsed(quoted)).toLowerCase() === 'model') count += 1;
  }
  return count;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
