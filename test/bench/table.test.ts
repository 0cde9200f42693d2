import { describe, expect, it } from 'vitest';
import { figure, markdownTable, plainTable } from '../../bench/table.ts';

const table = {
  title: 'Throughput',
  columns: ['contender', 'requests/s'],
  rows: [
    ['aiproxy', '21,000'],
    ['nginx|lua', '60,000'],
  ],
  notes: ['Upstream: nginx.'],
};

describe('the tables of the benchmark', () => {
  it('aligns names to the left and figures to the right', () => {
    expect(plainTable(table).split('\n')).toEqual([
      'Throughput',
      '---------  ----------',
      'contender  requests/s',
      '---------  ----------',
      'aiproxy        21,000',
      'nginx|lua      60,000',
      '---------  ----------',
      'Upstream: nginx.',
      '',
    ]);
  });

  it('writes Markdown in which a bar within a cell does not end it', () => {
    expect(markdownTable(table).split('\n')).toEqual([
      '## Throughput',
      '',
      '| contender | requests/s |',
      '| --- | ---: |',
      '| aiproxy | 21,000 |',
      '| nginx\\|lua | 60,000 |',
      '',
      'Upstream: nginx.  ',
      '',
    ]);
  });

  it('shows figures with the digits asked for, and a dash for what was not measured', () => {
    expect(figure(12_345.678)).toBe('12,346');
    expect(figure(0.35, 2)).toBe('0.35');
    expect(figure(Number.NaN, 2)).toBe('–');
  });
});
