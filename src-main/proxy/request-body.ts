import type { BodyStream } from './body-stream.ts';

/** A request's body as the later stages see it. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'held'; readonly bytes: Uint8Array }
  | { readonly kind: 'streamed'; readonly stream: BodyStream; readonly length: number | null };
