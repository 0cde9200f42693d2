import { request } from 'node:http';
import type { SeenRequest } from '../../support/seen-request.ts';
import type { Planned } from './plan.ts';
import type { Setting } from './setting.ts';

/** What a client saw of its request. */
export interface Performed {
  readonly planned: Planned;
  /** `null` where the client left before it was told. */
  readonly requestId: string | null;
  readonly status: number;
  readonly bytesReceived: number;
  /** What arrived at a platform; `null` where nothing did. */
  readonly seen: SeenRequest | null;
}

function inChunks(body: Buffer): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= body.length) return controller.close();
      controller.enqueue(new Uint8Array(body.subarray(at, at + 100_000)));
      at += 100_000;
    },
  });
}

function send({ gateway }: Setting, planned: Planned, signal: AbortSignal): Promise<Response> {
  const { method, headers, body, chunked } = planned;
  return fetch(`${gateway.proxyUrl}${planned.path}`, {
    method,
    headers,
    signal,
    body: body === null ? null : chunked ? inChunks(body) : new Uint8Array(body),
    duplex: 'half',
  } as RequestInit);
}

/** The request as the platforms saw it, found by its number. */
function seenOf({ standIns }: Setting, { number }: Planned): SeenRequest | null {
  for (const { requests } of Object.values(standIns)) {
    const seen = requests.findLast((one) => one.header('x-test-number')[0] === String(number));
    if (seen !== undefined) return seen;
  }
  return null;
}

async function readAll(response: Response): Promise<number> {
  let received = 0;
  for await (const chunk of response.body ?? []) received += chunk.length;
  return received;
}

const EVENT_END = /\n\n/g;

/**
 * Reads as many events as the platform sends before it waits, then leaves. So both sides know which bytes travelled.
 * @param events how many events the platform has sent by then
 */
async function readThenLeave(response: Response, events: number, leave: () => void): Promise<number> {
  let text = '';
  let received = 0;
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    received += chunk.length;
    text += decoder.decode(chunk, { stream: true });
    if ((text.match(EVENT_END)?.length ?? 0) >= events) break;
  }
  leave();
  return received;
}

/** Events that come before the first piece: OpenAI's role, or Anthropic's start, block start and ping. */
const leadEvents = ({ kind }: Planned): number => (kind === 'leaveMessages' ? 3 : 1);

/**
 * Leaves as soon as the platform has the request: no answer has begun, and none ever will. It resets its connection,
 * because a client that only shuts its side so soon is one that waits for its answer.
 */
async function leaveEarly(setting: Setting, planned: Planned): Promise<Performed> {
  const { method, headers, body } = planned;
  const sending = request(`${setting.gateway.proxyUrl}${planned.path}`, { method, headers, agent: false });
  const answered = new Promise<boolean>((resolve) => {
    sending.on('response', () => resolve(true));
    sending.on('error', () => resolve(false));
  });
  sending.end(body ?? undefined);
  let seen = seenOf(setting, planned);
  while (seen === null) {
    await new Promise((resolve) => setImmediate(resolve));
    seen = seenOf(setting, planned);
  }
  await seen.body;
  sending.socket?.resetAndDestroy();
  await seen.closed;
  if (await answered) throw new Error(`${planned.number} was answered before its client left`);
  return { planned, requestId: null, status: 499, bytesReceived: 0, seen };
}

/** Makes one planned request. */
export async function perform(setting: Setting, planned: Planned): Promise<Performed> {
  if (planned.kind === 'leaveEarly') return leaveEarly(setting, planned);
  const leaving = new AbortController();
  const response = await send(setting, planned, leaving.signal);
  const seen = seenOf(setting, planned);
  let bytesReceived: number;
  if (planned.leavesAfter === null) {
    bytesReceived = await readAll(response);
  } else {
    seen?.pace.release(planned.leavesAfter);
    const events = leadEvents(planned) + planned.leavesAfter;
    bytesReceived = await readThenLeave(response, events, () => leaving.abort());
    await seen?.closed;
  }
  const requestId = response.headers.get('x-aiproxy-request-id') ?? '';
  return { planned, requestId, status: response.status, bytesReceived, seen };
}

/** Makes all of them, so many at a time. */
export async function performAll(
  setting: Setting,
  plan: readonly Planned[],
  atATime: number,
): Promise<readonly Performed[]> {
  const performed: Performed[] = [];
  const waiting = plan[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const planned of waiting) performed.push(await perform(setting, planned));
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return performed;
}
