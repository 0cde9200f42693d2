import type { SpeechTask, TaskEvents } from './dashscope-speech-task.ts';

/** So much audio makes one result. */
export const BYTES_OF_A_RESULT = 6_400;
/** Results come behind the audio: the last ones after `finish-task`. */
const HELD_BACK_BYTES = 2 * BYTES_OF_A_RESULT;
const RESULTS_OF_A_SENTENCE = 3;
const MS_OF_A_RESULT = 800;

const WORDS = ['你好', '，这是', '一次测试。'];

/** The totals and the beginning of the next sentence, which a finished one tells. */
const closing = (sentence: number, endMs: number): object => ({
  stash: { sentence_id: sentence + 1, text: '', begin_time: endMs, current_time: endMs, words: [] },
});

function sentenceOf(at: number): { readonly sentence: object; readonly final: boolean } {
  const sentence_id = 1 + Math.floor(at / RESULTS_OF_A_SENTENCE);
  const within = at % RESULTS_OF_A_SENTENCE;
  const final = within === RESULTS_OF_A_SENTENCE - 1;
  const begin_time = (sentence_id - 1) * RESULTS_OF_A_SENTENCE * MS_OF_A_RESULT;
  const endMs = (at + 1) * MS_OF_A_RESULT;
  const spoken = WORDS.slice(0, within + 1);
  const words = spoken.map((text, index) => ({
    begin_time: begin_time + index * MS_OF_A_RESULT,
    end_time: begin_time + (index + 1) * MS_OF_A_RESULT,
    text,
    punctuation: '',
    fixed: final,
    speaker_id: null,
  }));
  const sentence = {
    sentence_id,
    begin_time,
    end_time: final ? endMs : null,
    text: spoken.join(''),
    channel_id: 0,
    speaker_id: null,
    sentence_end: final,
    heartbeat: false,
    words,
    ...(final ? closing(sentence_id, endMs) : {}),
  };
  return { sentence, final };
}

/** The seconds that are charged when a sentence has ended: whole ones, begun ones count. */
export const secondsUntil = (results: number): number => Math.ceil((results * MS_OF_A_RESULT) / 1000);

/** Recognition: partial results of a growing sentence, then a final one with the seconds so far. Audio must be MP3. */
export function recognition(events: TaskEvents): SpeechTask {
  let heard = 0;
  let told = 0;
  const tellUntil = (bytes: number): void => {
    for (; (told + 1) * BYTES_OF_A_RESULT <= bytes; told += 1) {
      const { sentence, final } = sentenceOf(told);
      const before = secondsUntil(told + 1 - RESULTS_OF_A_SENTENCE);
      if (final) events.uses({ seconds: secondsUntil(told + 1) - before });
      events.result({ sentence }, final ? { duration: secondsUntil(told + 1) } : undefined);
    }
  };
  return {
    continue: () => undefined,
    audio(bytes) {
      if (heard === 0 && bytes[0] !== 0xff) {
        events.failed('FLOW:AUDIO_DECODE_ERROR', 'Failed to decode audio: no frame was found.');
        return;
      }
      heard += bytes.length;
      tellUntil(heard - HELD_BACK_BYTES);
    },
    finish() {
      tellUntil(heard);
      events.finished();
    },
  };
}
