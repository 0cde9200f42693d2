import type { TrialEvent } from '../../contract/key-trial.ts';
import type { RequestFeed } from '../control-ports.ts';
import type { Clock } from '../ports.ts';
import { sseData, sseSplitter } from '../sse-events.ts';
import { FinishedRequest } from './finished-request.ts';
import type { OwnAnswer, OwnRequest, SendToOwnProxy } from './trial-ports.ts';
import { type TrialWords, trialWords } from './trial-words.ts';

/** What is not streamed is read so far; a chat's answer is never as long. */
const LONGEST_ANSWER = 256 * 1024;

export interface TrialParts {
  readonly keyId: string;
  readonly request: OwnRequest;
  readonly send: SendToOwnProxy;
  readonly feed: RequestFeed;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const broken = (message: string): TrialEvent => ({ type: 'failed', code: null, message });

const eventOf = (words: TrialWords): TrialEvent =>
  'text' in words ? { type: 'text', text: words.text } : { type: 'failed', ...words };

async function whole({ body }: OwnAnswer): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    if (text.length < LONGEST_ANSWER) text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

async function* streamed({ body }: OwnAnswer): AsyncGenerator<TrialEvent> {
  const splitter = sseSplitter(() => undefined);
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const words: TrialWords[] = [];
    splitter.push(chunk, (event) => words.push(trialWords(sseData(decoder.decode(event)) ?? '')));
    for (const one of words) if (!('text' in one) || one.text !== '') yield eventOf(one);
  }
}

async function* told(answer: OwnAnswer): AsyncGenerator<TrialEvent> {
  if (answer.contentType.startsWith('text/event-stream')) {
    yield* streamed(answer);
    return;
  }
  const words = trialWords(await whole(answer));
  const isRefused = answer.status >= 400 && 'text' in words;
  yield isRefused ? broken(`The answer was status ${answer.status}.`) : eventOf(words);
}

/** What comes of it, until the answer is over. @returns the request's id */
async function* answered({ send, request, signal }: TrialParts): AsyncGenerator<TrialEvent, string | null> {
  let requestId: string | null = null;
  try {
    const answer = await send(request, signal);
    requestId = answer.requestId;
    yield { type: 'head', status: answer.status, request_id: requestId };
    yield* told(answer);
  } catch {
    yield broken(requestId === null ? 'The proxy did not answer.' : 'The connection broke off.');
  }
  return requestId;
}

/** Sends one request to the proxy and tells what comes of it, ending with its line in the log. */
export async function* runTrial(parts: TrialParts): AsyncGenerator<TrialEvent> {
  const finished = new FinishedRequest(parts.feed, parts.clock, parts.keyId);
  try {
    const requestId = yield* answered(parts);
    yield { type: 'end', record: requestId === null ? null : await finished.find(requestId) };
  } finally {
    finished.close();
  }
}
