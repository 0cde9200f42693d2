/** A WebSocket session that is open now. */
export interface OpenWebSocket {
  readonly request_id: string;
  /** When it was asked for, epoch milliseconds. */
  readonly startedMs: number;
  readonly user: string | null;
  readonly key_id: string | null;
  readonly channel: string | null;
  readonly endpoint: string;
  /** As the query or a message named it; `null` where none did so far. */
  readonly model: string | null;
  readonly client: string;
  /** Bytes of frames, and messages, from and to the client so far. */
  readonly bytes_in: number;
  readonly bytes_out: number;
  readonly messages_in: number;
  readonly messages_out: number;
}
