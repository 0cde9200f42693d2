import { useCallback, useEffect, useState } from 'react';

function refusedField(): HTMLElement | null {
  const refused = document.querySelector<HTMLElement>('form [aria-invalid="true"]');
  return refused?.matches('input, textarea') === false ? refused.querySelector('input') : refused;
}

/** Brings the reader to the first field that is wrong. @returns a function to call once the errors are set */
export function useFocusOnRefusal(): () => void {
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    // What is wrong is shown by now.
    if (refusals > 0) refusedField()?.focus();
  }, [refusals]);
  return useCallback(() => setRefusals((before) => before + 1), []);
}
