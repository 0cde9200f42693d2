import type { z } from 'zod';
import type { LoggedRequest as LoggedRequestSchema } from '../../src-main/contract/logged-request.ts';
import { tellUnreachable } from './admin-fetch.ts';
import { currentSession, endHere } from './session.ts';

/** A line of the request log. */
export type LoggedRequest = z.infer<typeof LoggedRequestSchema>;

/** What the live feed tells. */
export type FeedMessage =
  | {
      readonly type: 'requests';
      /** Oldest first. */
      readonly items: readonly LoggedRequest[];
      /** How many more there were. */
      readonly skipped: number;
    }
  /** How many requests are under way. */
  | { readonly type: 'open'; readonly requests: number };

export interface FeedHandlers {
  readonly onMessage: (message: FeedMessage) => void;
  readonly onConnected: (isConnected: boolean) => void;
}

/** Close code of a session that has ended (RFC 6455 §7.4.1). */
const POLICY_VIOLATION = 1008;
const AGAIN_MS = 2_000;

function openSocket(filter: Readonly<Record<string, string>>): WebSocket {
  const session = currentSession();
  const protocols =
    session?.kind === 'bearer' ? ['aiproxy.live', `aiproxy.bearer.${session.token}`] : ['aiproxy.live'];
  const url = new URL('/api/v1/requests/live', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams(filter).toString();
  return new WebSocket(url, protocols);
}

/**
 * Watches finished requests, and connects again where the connection is lost.
 * @param filter as of `/requests`
 * @returns a function that ends it
 */
export function watchRequests(filter: Readonly<Record<string, string>>, handlers: FeedHandlers): () => void {
  let isOver = false;
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = (): void => {
    socket = openSocket(filter);
    socket.onopen = () => handlers.onConnected(true);
    // The server's own shape, described at its route.
    socket.onmessage = ({ data }) => handlers.onMessage(JSON.parse(String(data)) as FeedMessage);
    socket.onclose = ({ code }) => {
      if (isOver) return;
      handlers.onConnected(false);
      tellUnreachable();
      if (code === POLICY_VIOLATION) endHere();
      else timer = setTimeout(connect, AGAIN_MS);
    };
  };
  connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    socket?.close();
  };
}
