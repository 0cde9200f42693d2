type Shape = Readonly<Record<string, unknown>>;

/** Deeper than any client nests; what lies deeper cannot be judged. */
const DEEPEST = 32;

/**
 * What is the user's own in the messages of OpenAI's and DashScope's realtime APIs, of DashScope's tasks and of Gemini's
 * live API: a parameter of a tool, or what a tool answered, may be called `model` too and chooses none.
 */
const USERS_OWN: ReadonlySet<string> = new Set([
  'tools',
  'tool_choice',
  'functions',
  'input',
  'item',
  'metadata',
  'prompt',
  'tracing',
  'clientContent',
  'client_content',
  'realtimeInput',
  'realtime_input',
  'toolResponse',
  'tool_response',
  'systemInstruction',
  'system_instruction',
]);

/**
 * Every model that a client's message names, at whatever depth: DashScope's `payload.model` of `run-task`, OpenAI's
 * `session.model` and the one of its transcription, Gemini's `setup.model`. What is the user's own names none.
 * @returns `null` where it cannot be told without doubt which ones they are
 */
export function modelsToldIn(text: string): readonly string[] | null {
  // An escape may spell the name as well; a message without either names none. Some readers take UTF-16, full of NUL here.
  const spelled = text.includes('\0') ? text.replaceAll('\0', '') : text;
  if (!/model|\\u/i.test(spelled)) return [];
  const message = parsed(text);
  if (message === undefined) return null;
  const models: string[] = [];
  const members = collect(message, { models, isUsers: false, parent: '' }, 0);
  // A member that stands twice may be read one way here and another way there.
  return members === null || members !== membersCalledModel(text) ? null : models;
}

/** How a binary message begins that some reader may take for JSON, in UTF-8 or in UTF-16: an object, or a list. */
const LIKE_JSON = /^[\s\0\uFEFF\uFFFD]*(?:\{[\s\0]*"|\[[\s\0]*[[{"\d-])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells sound from JSON
const NAMED_IN_UTF_8 = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*?(?:model|\\u)/i;

/**
 * The same for a binary message, which is mostly sound: any two bytes come by in it now and then, so that `\u` by itself
 * means nothing there. @param text what it would be as UTF-8
 */
export function modelsToldInBinary(text: string): readonly string[] | null {
  const [beginning] = LIKE_JSON.exec(text) ?? [];
  if (beginning === undefined) return [];
  return beginning.includes('\0') || NAMED_IN_UTF_8.test(text) ? modelsToldIn(text) : [];
}

/** Where a walk through a message is. */
interface Place {
  readonly models: string[];
  /** Whether this is the user's own: its members are counted, and name no model. */
  readonly isUsers: boolean;
  /** The member that this is the value of; of an entry of a list, the list's. */
  readonly parent: string;
}

/** `session.audio.input` is how sound is heard, its transcription's model among the rest. */
const isUsersOwn = (name: string, parent: string): boolean =>
  USERS_OWN.has(name) && !(name === 'input' && parent === 'audio');

/** @returns how many members are called `model`; `null` where one that counts is no text, or lies too deep */
function collect(value: unknown, place: Place, depth: number): number | null {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > DEEPEST) return null;
  const { models, isUsers, parent } = place;
  let members = 0;
  const isList = Array.isArray(value);
  // A list may be long: it is walked as it is.
  for (const entry of isList ? value : Object.entries(value as Shape)) {
    const [name, inner]: readonly [string, unknown] = isList ? [parent, entry] : entry;
    if (!isList && name.toLowerCase() === 'model') {
      if (!isUsers && typeof inner !== 'string') return null;
      members += 1;
      if (!isUsers) models.push(String(inner).replace(/^models\//, ''));
    }
    if (typeof inner !== 'object' || inner === null) continue;
    const here = { models, isUsers: isUsers || (!isList && isUsersOwn(name, parent)), parent: name };
    const within = collect(inner, here, depth + 1);
    if (within === null) return null;
    members += within;
  }
  return members;
}

/** As long as `model` in quotes is where every letter of it is escaped. UTF-16 units. */
const LONGEST_SPELLING = 32;
const COLON_NEXT = /\s*:/y;

/**
 * Counts members by the text itself, in which those that stand twice are both there. Text within strings does not count.
 * @param text JSON, so that every quote has its other one
 */
function membersCalledModel(text: string): number {
  let count = 0;
  for (let open = text.indexOf('"'); open >= 0; ) {
    const end = endOfString(text, open);
    if (end - open <= LONGEST_SPELLING) {
      COLON_NEXT.lastIndex = end;
      if (COLON_NEXT.test(text) && /^(?:"model"|.*\\)/i.test(text.slice(open, end))) {
        if (String(parsed(text.slice(open, end))).toLowerCase() === 'model') count += 1;
      }
    }
    open = text.indexOf('"', end);
  }
  return count;
}

/** @returns the place behind the quote that ends the string that begins at `open` */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at += 1;
    else if (unit === QUOTE) return at + 1;
  }
  return text.length;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
