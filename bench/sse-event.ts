/** One event of a benchmark stream, as its first line shows it. */
export interface StampedEvent {
  readonly stream: number;
  readonly sequence: number;
  /** When it was written, microseconds of the monotonic clock. */
  readonly sentUs: number;
}

/** The event that says that nothing follows. */
export const DONE_EVENT = 'data: [DONE]';

/** A chat chunk that carries its number and time; without the blank line that ends it. */
export function renderEvent(event: StampedEvent): string {
  const { stream, sequence, sentUs } = event;
  return `data: {"id":"chatcmpl-${stream}.${sequence}.${sentUs}","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":" word${sequence}"},"logprobs":null,"finish_reason":null}]}`;
}

/** Reads number and time from an event, or `null` if it is not exactly one that `renderEvent` wrote. */
export function readEvent(text: string): StampedEvent | null {
  const found = /^data: \{"id":"chatcmpl-(\d+)\.(\d+)\.(\d+)"/.exec(text);
  if (!found) return null;
  const event = { stream: Number(found[1]), sequence: Number(found[2]), sentUs: Number(found[3]) };
  return renderEvent(event) === text ? event : null;
}

/** The usage event at the end of a stream whose request asked for it. */
export function renderUsageEvent(stream: number, events: number): string {
  return `data: {"id":"chatcmpl-${stream}","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":${events},"total_tokens":${events + 9}}}`;
}

/** Microseconds of the monotonic clock, which all processes of one machine share. */
export function monotonicUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e6 + Math.floor(nanoseconds / 1000);
}
