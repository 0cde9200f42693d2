import { useCallback } from 'react';
import { ERROR_REASONS_EN, ERROR_REASONS_ZH, errorReasonOf, type FailureSigns } from './error-reasons.ts';
import { defineTexts } from './texts.ts';

const useReasonTexts = defineTexts('error-reasons', ERROR_REASONS_EN, ERROR_REASONS_ZH);

/** A failure in plain words. */
export interface PlainReason {
  readonly reason: string;
  /** What to do about it. */
  readonly hint: string;
}

/** Says why a request failed, and what to do about it, in the reader's language. */
export function useErrorReason(): (signs: FailureSigns) => PlainReason {
  const t = useReasonTexts();
  return useCallback(
    (signs) => {
      const reason = errorReasonOf(signs);
      return { reason: t(reason), hint: t(`${reason}_hint`) };
    },
    [t],
  );
}
