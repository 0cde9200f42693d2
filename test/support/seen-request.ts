import type { IncomingMessage, ServerResponse } from 'node:http';
import { NO_USAGE, type Usage } from '../../src-main/contract/request-record.ts';
import { type BodyDigest, digestOf } from './body-digest.ts';
import { createPace, type Pace } from './pace.ts';

/** How an exchange ended: everything answered, the client gone before that, or cut by the stand-in itself. */
export type Ending = 'answered' | 'client-left' | 'cut';

/** What the stand-in answered; filled in as it happens. */
export interface Answered {
  status: number;
  /** Body bytes written. */
  bytes: number;
  /** What the client was told it used, in AIProxy's terms; `null`s where nothing was said. */
  usage: Usage;
  /** The stand-in broke the connection in the middle of its answer. */
  cut: boolean;
}

/** One request as a stand-in saw it. */
export interface SeenRequest {
  readonly method: string;
  /** The request target, byte for byte. */
  readonly url: string;
  /** The target without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[];
  /** When it arrived, in epoch milliseconds. */
  readonly arrivedAt: number;
  /** The port it came from: requests of one connection share it. */
  readonly clientPort: number;
  readonly pace: Pace;
  readonly answered: Answered;
  /** Resolves when the body is complete; rejects where the client left before that. */
  readonly body: Promise<BodyDigest>;
  /** Resolves when the exchange is over. */
  readonly closed: Promise<Ending>;
  /** Every value of a header, in order. */
  header(name: string): readonly string[];
  /** Where a secret stands: `header authorization`, `url`, `body` (bodies up to 1 MiB). */
  placesOf(secret: string): Promise<readonly string[]>;
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const wanted = name.toLowerCase();
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === wanted);
}

function endingOf(response: ServerResponse, answered: Answered): SeenRequest['closed'] {
  return new Promise((resolve) => {
    response.once('close', () => {
      const how = response.writableFinished ? 'answered' : answered.cut ? 'cut' : 'client-left';
      resolve(how);
    });
  });
}

/** Records a request as it comes in. @param whole the promise of its complete body */
export function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  whole: Promise<Buffer>,
): SeenRequest {
  const url = request.url ?? '';
  const queryAt = url.indexOf('?');
  const { rawHeaders } = request;
  const body = whole.then(digestOf);
  body.catch(() => {});
  const pace = createPace();
  const answered: Answered = { status: 0, bytes: 0, usage: NO_USAGE, cut: false };
  const closed = endingOf(response, answered);
  void closed.then(() => pace.releaseAll());
  return {
    method: request.method ?? '',
    url,
    path: queryAt < 0 ? url : url.slice(0, queryAt),
    query: new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt)),
    rawHeaders,
    arrivedAt: Date.now(),
    clientPort: request.socket.remotePort ?? 0,
    pace,
    answered,
    body,
    closed,
    header: (name) => valuesOf(rawHeaders, name),
    async placesOf(secret) {
      const places = url.includes(secret) ? ['url'] : [];
      rawHeaders.forEach((value, at) => {
        if (value.includes(secret)) places.push(`header ${rawHeaders[at - (at % 2)]?.toLowerCase()}`);
      });
      const { bytes } = await body;
      if (bytes?.includes(secret)) places.push('body');
      return places;
    },
  };
}
