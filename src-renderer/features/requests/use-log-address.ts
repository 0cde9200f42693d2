import { useMemo } from 'react';
import { useUrlState } from '../../ui/url-state.ts';
import { LOG_ADDRESS, type LogAddress } from './request-filter.ts';

/** What the address says about the log. */
export interface LogState {
  readonly address: LogAddress;
  readonly change: (changed: Partial<LogAddress>) => void;
  /** Takes every filter and the range of time away. */
  readonly clear: () => void;
}

/** The filters of the log, which stand in the address. */
export function useLogAddress(): LogState {
  const { values, change } = useUrlState(LOG_ADDRESS);
  return useMemo(() => {
    const nothing = Object.fromEntries(LOG_ADDRESS.map((name) => [name, '']));
    return { address: values, change, clear: () => change({ ...nothing, live: values.live }) };
  }, [values, change]);
}
