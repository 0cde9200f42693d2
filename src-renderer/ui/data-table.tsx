import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './data-table.module.css';
import { useCommonTexts } from './strings.ts';

/** A column of a table. */
export interface Column<T> {
  readonly key: string;
  readonly header: string;
  /** In place of the header's text, such as a box that selects all rows. */
  readonly headerControl?: ReactNode;
  readonly render: (row: T) => ReactNode;
  /** The member the server sorts by, where it can. */
  readonly sort?: string;
  /** Figures stand at the right. */
  readonly isFigure?: boolean;
  /** In one line: what is longer than the width it gets is cut, unless the window is narrow. */
  readonly cut?: 'wide' | 'narrow' | 'slim';
  /** Never broken, such as a time. */
  readonly isWhole?: boolean;
  /** Left out where the window is narrow. */
  readonly isExtra?: boolean;
}

interface DataTableProps<T> {
  /** What the table is, for readers who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** A last row that stays, such as the sum of all others. */
  readonly footer?: T;
  /** As the server takes it: a member, with a minus in front the other way round. */
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  /** Grey rows, such as of what is disabled. */
  readonly isFaint?: (row: T) => boolean;
  readonly onRowClick?: (row: T) => void;
  /** For tables of many figures: small print, little space between columns, headers in several lines. */
  readonly isDense?: boolean;
}

function Cells<T>({ columns, row }: { readonly columns: readonly Column<T>[]; readonly row: T }) {
  return columns.map((column) => (
    <Table.Td key={column.key} className={classOf(column)}>
      {column.render(row)}
    </Table.Td>
  ));
}

interface HeaderProps<T> {
  readonly column: Column<T>;
  readonly sort: string;
  readonly onSort: ((sort: string) => void) | undefined;
}

const classOf = ({ isFigure, isExtra, isWhole, cut }: Column<never>): string =>
  [
    isFigure && styles.figure,
    isExtra && styles.extra,
    isWhole && styles.whole,
    cut !== undefined && `${styles.cut} ${styles[cut]}`,
  ]
    .filter(Boolean)
    .join(' ');

function Header<T>({ column, sort, onSort }: HeaderProps<T>) {
  const t = useCommonTexts();
  const { header, sort: member } = column;
  if (member === undefined || onSort === undefined) {
    return <Table.Th className={classOf(column)}>{column.headerControl ?? header}</Table.Th>;
  }
  const isUp = sort === member;
  const isDown = sort === `-${member}`;
  return (
    <Table.Th className={classOf(column)} aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}>
      <UnstyledButton className={styles.sort} onClick={() => onSort(isUp ? `-${member}` : member)}>
        {header}
        {isUp && <IconArrowUp size={14} role="img" aria-label={t('sortedUp')} />}
        {isDown && <IconArrowDown size={14} role="img" aria-label={t('sortedDown')} />}
      </UnstyledButton>
    </Table.Th>
  );
}

/** A click on a link or a button within a row is that one's own. */
const isOnControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, label') !== null;

/** Records in rows. The server sorts and pages, so that ten thousand cost no more than fifty. */
export function DataTable<T>({ label, columns, rows, rowKey, sort = '', ...more }: DataTableProps<T>) {
  const { onSort, isFaint, onRowClick, footer, isDense = false } = more;
  const spacing = isDense ? { horizontalSpacing: 4, fz: 13 } : {};
  return (
    <div className={styles.scroll}>
      <Table
        aria-label={label}
        highlightOnHover
        verticalSpacing={6}
        className={isDense ? styles.dense : undefined}
        {...spacing}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Header key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr
              key={rowKey(row)}
              className={`${isFaint?.(row) ? styles.faint : ''} ${onRowClick ? styles.clickable : ''}`}
              onClick={({ target }) => {
                if (!isOnControl(target)) onRowClick?.(row);
              }}
            >
              <Cells columns={columns} row={row} />
            </Table.Tr>
          ))}
        </Table.Tbody>
        {footer !== undefined && (
          <Table.Tfoot className={styles.footer}>
            <Table.Tr>
              <Cells columns={columns} row={footer} />
            </Table.Tr>
          </Table.Tfoot>
        )}
      </Table>
    </div>
  );
}
