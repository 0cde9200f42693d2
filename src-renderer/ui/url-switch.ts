import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/**
 * Something that is open or closed, as the address says by having a member or not: `/users?new`.
 * @param also members that go with it when it closes
 */
export function useUrlSwitch(name: string, also: readonly string[] = []) {
  const [params, setParams] = useSearchParams();
  const joined = also.join('\n');
  const turn = useCallback(
    (isOpen: boolean) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (isOpen) next.set(name, '1');
          else for (const gone of [name, ...joined.split('\n')]) next.delete(gone);
          return next;
        },
        // A step back closes what was opened, and does not open again what was closed.
        { replace: !isOpen },
      ),
    [setParams, name, joined],
  );
  return { isOpen: params.has(name), open: () => turn(true), close: () => turn(false) };
}
