import type { SpeechTask, TaskEvents } from './dashscope-speech-task.ts';
import { mp3Messages } from './mp3-frames.ts';

const NO_WORDS = { sentence: { words: [] } };
const CHINESE = /\p{Script=Han}/u;

/** A Chinese character counts 2, anything else 1. */
export function charactersOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (CHINESE.test(character) ? 2 : 1), 0);
}

/** The audio of a text, whole: what a client must have in the end. */
export const audioOf = (text: string): Buffer => Buffer.concat(mp3Messages(text));

/**
 * Text to speech: each piece of text is a sentence. Its audio comes in messages between which results come; the sum of
 * characters so far comes once for each sentence, and the last one again.
 * @param model `fail-…` fails at the first text
 */
export function synthesis(events: TaskEvents, model: string): SpeechTask {
  let characters = 0;
  return {
    continue(text) {
      if (model.startsWith('fail-')) {
        events.failed('CLIENT_ERROR', 'request timeout after 23 seconds.');
        return;
      }
      characters += charactersOf(text);
      events.uses({ characters: charactersOf(text) });
      events.result(NO_WORDS);
      mp3Messages(text).forEach((message, at) => {
        events.audio(message);
        if (at % 2 === 1) events.result(NO_WORDS);
      });
      events.result(NO_WORDS, { characters });
    },
    audio: () => undefined,
    finish() {
      events.result(NO_WORDS, { characters });
      events.finished();
    },
  };
}
