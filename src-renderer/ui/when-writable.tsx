import type { ReactNode } from 'react';
import { useIsReadOnly } from '../api/program-queries.ts';

/** What changes the configuration, such as a button; nothing where it is only read, as the frame then says. */
export function WhenWritable({ children }: { readonly children: ReactNode }): ReactNode {
  return useIsReadOnly() ? null : children;
}
