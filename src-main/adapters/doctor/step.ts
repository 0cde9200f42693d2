/** How far a try went. */
export type Phase = 'resolve' | 'address' | 'connect' | 'tls' | 'answer';

const LONGEST_MS = 3_000;

/** How long a step may take, in milliseconds. @param untilMs when all must be over, epoch milliseconds */
export const stepMs = (untilMs: number): number => Math.max(1, Math.min(LONGEST_MS, untilMs - Date.now()));

/** A step failed in an expected way. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly phase: Phase;
  readonly code: string;

  constructor(phase: Phase, code: string) {
    super(`${phase}: ${code}`);
    this.phase = phase;
    this.code = code;
  }
}

/** Node's code of an error; of several addresses' errors the first. */
export const codeOf = (error: unknown): string => {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && 'code' in first && typeof first.code === 'string'
    ? first.code
    : 'EUNKNOWN';
};

/** Waits for a step, at most its time. @param abandon ends what is under way @throws StepError */
export async function step<T>(
  phase: Phase,
  timeoutMs: number,
  work: Promise<T>,
  abandon?: () => void,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new StepError(phase, 'ETIMEDOUT')), timeoutMs);
  try {
    return await Promise.race([work, late.promise]);
  } catch (error) {
    abandon?.();
    throw error instanceof StepError ? error : new StepError(phase, codeOf(error));
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
