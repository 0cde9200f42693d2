import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';
import { SearchField } from './search-field.tsx';
import { useCommonTexts } from './strings.ts';

interface FilterBarProps {
  /** What the search looks at. */
  readonly searchLabel: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** Takes all filters away; `null` where there is none. */
  readonly onClear: (() => void) | null;
  /** A field for each filter. */
  readonly children?: ReactNode;
}

/** What a list is narrowed by: the search, and beside it the filters, in one row where there is room. */
export function FilterBar({ searchLabel, search, onSearch, onClear, children }: FilterBarProps) {
  const t = useCommonTexts();
  return (
    <search className={styles.bar}>
      <div className={styles.first}>
        <div className={styles.field}>
          <SearchField label={searchLabel} value={search} onChange={onSearch} />
        </div>
        {onClear !== null && (
          <Button variant="subtle" onClick={onClear}>
            {t('clearFilters')}
          </Button>
        )}
      </div>
      {children !== undefined && <div className={styles.filters}>{children}</div>}
    </search>
  );
}
