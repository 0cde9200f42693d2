/** A titled table; every row has as many cells as there are columns. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences that stand under it. */
  readonly notes: readonly string[];
}

/** The table as aligned text: the first column to the left, figures to the right. */
export function plainTable(table: Table): string {
  const lines = [table.columns, ...table.rows];
  const widths = table.columns.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  const render = (line: readonly string[]) =>
    widths
      .map((width, column) => {
        const cell = line[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const [head = [], ...rows] = lines;
  return [table.title, rule, render(head), rule, ...rows.map(render), rule, ...table.notes, ''].join('\n');
}

/** The same table for a Markdown file. */
export function markdownTable(table: Table): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = table.columns.map((_, column) => (column === 0 ? '---' : '---:'));
  const notes = table.notes.length === 0 ? [] : ['', ...table.notes.map((note) => `${note}  `)];
  return [`## ${table.title}`, '', row(table.columns), row(rule), ...table.rows.map(row), ...notes, ''].join(
    '\n',
  );
}

/** A figure with so many digits after the point, or `–` where it was not measured. */
export function figure(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
