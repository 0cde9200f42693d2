import { platformError } from '../../core/platform-error.ts';
import type { ProbeAnswer } from './ask-upstream.ts';

/** UTF-16 units. */
const LONGEST_MESSAGE = 500;
/** No error has more to say: longer ones are not looked through. UTF-16 units. */
const LONGEST_ERROR = 64 * 1024;

/** Takes keys out of a text. */
export type Mask = (text: string) => string;

/** A text as one line of bounded length, without keys. */
function told(text: string, mask: Mask): string {
  const line = mask(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE - 1)}…` : line;
}

/** Why an answer is a refusal, in the platform's own words where it has any; `null` where it is none. */
export function refusalIn({ status, body, location, error }: ProbeAnswer, mask: Mask): string | null {
  if (error !== null) return told(error.message, mask);
  if (status === null) return 'the platform did not answer';
  if (status >= 200 && status < 300) return null;
  if (status < 400 && location !== null)
    return told(`the platform redirects to ${location}, where keys are not sent`, mask);
  if (body.length > LONGEST_ERROR) return `the platform answered ${status} with a long text`;
  return wordsIn(body, mask) ?? (told(body, mask) || `the platform answered ${status} without a word`);
}

/** The platform's own words about an error; `null` where its answer has none. */
export function wordsIn(body: string, mask: Mask): string | null {
  if (body.length > LONGEST_ERROR) return null;
  // Masked before it is cut to its length, which may leave half a key that nobody would recognise.
  const { message } = platformError(mask(body));
  return message === null ? null : told(message, mask);
}

/** An answer's JSON; `undefined` where it is none. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
