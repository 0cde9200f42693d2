import type { BodyStream } from './body-stream.ts';

/** A request's body as the later stages see it. */
export type RequestBody =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'held';
      /** As it came. */
      readonly bytes: Uint8Array;
      /** The same to be read: without its content codings, JSON in UTF-8. The same bytes where nothing was to be done. */
      readonly text: Uint8Array;
    }
  | { readonly kind: 'streamed'; readonly stream: BodyStream; readonly length: number | null };
