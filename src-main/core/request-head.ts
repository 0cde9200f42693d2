import { type HeaderKind, headerKind } from './header-kind.ts';

/** What the pipeline wants to know of a request's headers, read in one pass. First value wins. */
export interface RequestHead {
  host: string | null;
  hostCount: number;
  connection: string | null;
  transferEncoding: string | null;
  /** Bytes, or `null` where none is declared. */
  contentLength: number | null;
  contentType: string | null;
  contentTypeCount: number;
  contentEncoding: string | null;
  authorization: string | null;
  xApiKey: string | null;
  apiKey: string | null;
  xGoogApiKey: string | null;
  subprotocols: string | null;
  origin: string | null;
  /** A browser says that a page of another site caused the request (W3C Fetch Metadata, `Sec-Fetch-Site`). */
  crossSite: boolean;
  upgrade: string | null;
  forwarded: boolean;
  forwardedFor: string | null;
  anthropicVersion: boolean;
  /** A Google SDK says who it is. */
  googleClient: boolean;
  channel: string | null;
  hops: string | null;
}

function emptyHead(): RequestHead {
  return {
    host: null,
    hostCount: 0,
    connection: null,
    transferEncoding: null,
    contentLength: null,
    contentType: null,
    contentTypeCount: 0,
    contentEncoding: null,
    authorization: null,
    xApiKey: null,
    apiKey: null,
    xGoogApiKey: null,
    subprotocols: null,
    origin: null,
    crossSite: false,
    upgrade: null,
    forwarded: false,
    forwardedFor: null,
    anthropicVersion: false,
    googleClient: false,
    channel: null,
    hops: null,
  };
}

const joined = (before: string | null, value: string): string =>
  before === null ? value : `${before}, ${value}`;

/** @param rawHeaders names and values by turns, as node:http gives them */
export function readHead(rawHeaders: readonly string[]): RequestHead {
  const head = emptyHead();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    note(head, rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '');
  }
  return head;
}

/** Notes what is looked at later; everything else is only sent on or dropped. */
function note(head: RequestHead, name: string, value: string): void {
  const kind = headerKind(name);
  switch (kind) {
    case 'host':
      head.hostCount += 1;
      head.host ??= value;
      return;
    case 'connection':
      head.connection = joined(head.connection, value);
      return;
    case 'transfer-encoding':
      head.transferEncoding = joined(head.transferEncoding, value);
      return;
    case 'content-length':
      head.contentLength ??= Number(value);
      return;
    case 'content-type':
      head.contentTypeCount += 1;
      head.contentType ??= value;
      return;
    case 'content-encoding':
      head.contentEncoding = joined(head.contentEncoding, value);
      return;
    case 'sec-websocket-protocol':
      head.subprotocols = joined(head.subprotocols, value);
      return;
    case 'origin':
      head.origin ??= value;
      return;
    case 'sec-fetch-site':
      head.crossSite ||= value.toLowerCase() === 'cross-site';
      return;
    case 'upgrade':
      head.upgrade ??= value;
      return;
    case 'forwarded':
      head.forwarded = true;
      return;
    case 'x-forwarded-for':
      head.forwarded = true;
      head.forwardedFor = joined(head.forwardedFor, value);
      return;
    case 'x-goog-api-client':
      head.googleClient = true;
      return;
    case 'anthropic-version':
      head.anthropicVersion = true;
      return;
    case 'x-aiproxy-channel':
      head.channel ??= value;
      return;
    case 'x-aiproxy-hops':
      head.hops ??= value;
      return;
    default:
      noteCredential(head, kind, value);
  }
}

function noteCredential(head: RequestHead, kind: HeaderKind, value: string): void {
  if (kind === 'authorization') head.authorization ??= value;
  else if (kind === 'x-api-key') head.xApiKey ??= value;
  else if (kind === 'api-key') head.apiKey ??= value;
  else if (kind === 'x-goog-api-key') head.xGoogApiKey ??= value;
}
