import type { FrameHead } from './frame.ts';
import type { Handling } from './frame-flow.ts';

/** Judges a client's messages before the platform has them whole. Called in the order of the frames. */
export interface Gate {
  /** What is done with the frame that begins. */
  handling(head: FrameHead): Handling;
  /** A part of a frame's payload as it came. */
  payload(bytes: Uint8Array): void;
  /** Takes a whole frame that was held. @returns the frames that may go on now, none where they wait; `null`: the session ends */
  take(frame: Uint8Array, head: FrameHead): Uint8Array | null;
  /** What was held and goes on before the guarded frame that begins. */
  released?(): Uint8Array;
  /** Whether the last byte of a guarded frame may go on; if not, the session ends. */
  admits(): boolean;
}
