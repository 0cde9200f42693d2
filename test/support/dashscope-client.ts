import type { SeenMessage } from './stand-ins/realtime-platform.ts';
import { jsonOf, type WebSocketClient } from './websocket-client.ts';

const instruction = (action: string, task_id: string, payload: object): object => ({
  header: { action, task_id, streaming: 'duplex' },
  payload,
});

/** `run-task` of speech synthesis. */
export const runSynthesis = (task: string, model = 'cosyvoice-v2'): object =>
  instruction('run-task', task, {
    task_group: 'audio',
    task: 'tts',
    function: 'SpeechSynthesizer',
    model,
    parameters: { text_type: 'PlainText', voice: 'longxiaochun_v2', format: 'mp3', sample_rate: 22_050 },
    input: {},
  });

/** `run-task` of speech recognition. */
export const runRecognition = (task: string, model = 'paraformer-realtime-v2'): object =>
  instruction('run-task', task, {
    task_group: 'audio',
    task: 'asr',
    function: 'recognition',
    model,
    parameters: { format: 'mp3', sample_rate: 16_000, language_hints: ['zh'] },
    input: {},
  });

export const continueTask = (task: string, text: string): object =>
  instruction('continue-task', task, { input: { text } });

export const finishTask = (task: string): object => instruction('finish-task', task, { input: {} });

/** Whether a message is this event of this task. */
export const isEvent =
  (event: string, task: string) =>
  (message: SeenMessage): boolean => {
    if (message.binary) return false;
    const { header } = jsonOf(message);
    return header.event === event && header.task_id === task;
  };

/** Has texts spoken in one task. */
export async function speak(client: WebSocketClient, task: string, texts: readonly string[]): Promise<void> {
  client.event(runSynthesis(task));
  await client.until(isEvent('task-started', task));
  for (const text of texts) client.event(continueTask(task, text));
  client.event(finishTask(task));
  await client.until(isEvent('task-finished', task));
}

/** Has audio recognised in one task. @param chunkBytes as much goes into one message */
export async function recognise(
  client: WebSocketClient,
  task: string,
  audio: Buffer,
  chunkBytes: number,
): Promise<void> {
  client.event(runRecognition(task));
  await client.until(isEvent('task-started', task));
  for (let at = 0; at < audio.length; at += chunkBytes)
    client.socket.send(audio.subarray(at, at + chunkBytes));
  client.event(finishTask(task));
  await client.until(isEvent('task-finished', task));
}

/** The audio among what came. */
export const audioIn = (client: WebSocketClient): Buffer =>
  Buffer.concat(client.messages.filter(({ binary }) => binary).map(({ bytes }) => bytes));
