import type { ReactNode } from 'react';
import styles from './tiles.module.css';

/** Parts side by side, as many as fit. (The library's grids write style elements, which the policy refuses.) */
export function Tiles({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return <div className={wide ? styles.wide : styles.tiles}>{children}</div>;
}
