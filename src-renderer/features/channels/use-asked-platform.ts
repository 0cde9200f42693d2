import { useSearchParams } from 'wouter';

/** Which platform a channel shall be added for, as the address says; what else stands in it stays. */
export function useAskedPlatform() {
  const [params, setParams] = useSearchParams();
  return {
    /** `''` where one is still to be chosen; `null` where none shall be added. */
    asked: params.get('new'),
    /** `null` ends it. */
    ask: (platform: string | null): void =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (platform === null) next.delete('new');
          else next.set('new', platform);
          return next;
        },
        // A step back closes the form.
        { replace: platform === null || params.has('new') },
      ),
  };
}
