import { recognition } from './dashscope-speech-recognition.ts';
import { synthesis } from './dashscope-speech-synthesis.ts';
import type { SpeechTask, TaskEvents } from './dashscope-speech-task.ts';
import { realtimeConversation } from './openai-realtime-events.ts';
import {
  bearerOf,
  memberOf,
  type RealtimeOptions,
  type RealtimeSession,
  type RealtimeStandIn,
  type SeenMessage,
  startRealtimePlatform,
} from './realtime-platform.ts';

const INFERENCE = /^\/api-ws\/v1\/inference\/?$/;

/** Tells a task's events in the order and with the members of real sessions. @param over the task is no more */
function eventsOf(session: RealtimeSession, task_id: unknown, over: () => void): TaskEvents {
  const tell = (event: string, payload: object, more: object = {}): void =>
    session.event({ header: { task_id, event, ...more, attributes: {} }, payload });
  tell('task-started', {});
  return {
    result: (output, usage) =>
      tell('result-generated', { output, ...(usage === undefined ? {} : { usage }) }),
    audio: (bytes) => session.audio(bytes),
    uses: (used) => session.uses(used),
    finished() {
      over();
      tell('task-finished', { output: {} });
    },
    failed(error_code, error_message) {
      over();
      tell('task-failed', {}, { error_code, error_message });
      session.close(1007, 'task failed');
    },
  };
}

function inference(session: RealtimeSession): (message: SeenMessage) => void {
  let task: SpeechTask | null = null;
  const over = (): void => {
    task = null;
  };
  const begin = (header: object, payload: object): SpeechTask => {
    const events = eventsOf(session, Reflect.get(header, 'task_id'), over);
    const model = String(Reflect.get(payload, 'model'));
    return Reflect.get(payload, 'task') === 'asr' ? recognition(events) : synthesis(events, model);
  };
  return ({ binary, bytes }) => {
    if (binary) {
      task?.audio(bytes);
      return;
    }
    const instruction: unknown = JSON.parse(String(bytes));
    const header = memberOf(instruction, 'header');
    const payload = memberOf(instruction, 'payload');
    if (header.action === 'run-task') task = begin(header, payload);
    else if (header.action === 'continue-task') task?.continue(String(memberOf(payload, 'input').text));
    else if (header.action === 'finish-task') task?.finish();
  };
}

/** Starts a stand-in for DashScope's WebSockets: speech in both directions, and its realtime API. */
export function startDashScopeSpeech(options: RealtimeOptions = {}): Promise<RealtimeStandIn> {
  return startRealtimePlatform(
    {
      keysOf: bearerOf,
      refusal: { code: 'InvalidApiKey', message: 'Invalid API-key provided.', request_id: 'stand-in' },
      refuse: ({ pathname }) =>
        INFERENCE.test(pathname) || pathname === '/api-ws/v1/realtime' ? null : { status: 404, body: '{}' },
      serve: (session) =>
        INFERENCE.test(session.url.pathname) ? inference(session) : realtimeConversation(session),
    },
    options,
    'channel-key-dashscope',
  );
}
