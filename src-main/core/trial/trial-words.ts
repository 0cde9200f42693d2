import { platformError } from '../platform-error.ts';

/** What a piece of an answer says: the model's words, or an error. */
export type TrialWords =
  | { readonly text: string }
  | { readonly code: string | null; readonly message: string };

const memberOf = (value: unknown, name: string | number): unknown => Reflect.get(Object(value), name);

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function errorIn(json: string, answer: unknown): TrialWords | null {
  const error = memberOf(answer, 'error');
  if (error === undefined || error === null) return null;
  const { code, message } = platformError(json);
  return { code, message: message ?? 'The platform reported an error.' };
}

/**
 * What stands in one event of a stream (`data:`), or in a whole answer that was not streamed: chat completions
 * (`choices`) and Anthropic's messages (`delta`, `content`).
 */
export function trialWords(json: string): TrialWords {
  const answer = parsed(json);
  const error = errorIn(json, answer);
  if (error !== null) return error;
  const choice = memberOf(memberOf(answer, 'choices'), 0);
  const message = memberOf(choice, 'delta') ?? memberOf(choice, 'message') ?? memberOf(answer, 'delta');
  const first = memberOf(memberOf(answer, 'content'), 0);
  const text = memberOf(message, 'content') ?? memberOf(message ?? first, 'text');
  return { text: typeof text === 'string' ? text : '' };
}
