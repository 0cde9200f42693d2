import { describe, expect, it } from 'vitest';
import type { UsageReport } from '../../../src-main/core/control-ports.ts';
import { tableOf } from '../../../src-main/core/usage/counted-table.ts';
import { UsageCounting } from '../../../src-main/core/usage/usage-counting.ts';
import { decodeTable, encodeTable, type UsageFile } from '../../../src-main/core/usage/usage-file.ts';
import { usageCalendar } from '../../../src-main/core/usage/usage-period.ts';
import { ReportSum } from '../../../src-main/core/usage/usage-report.ts';
import type { UsageTable } from '../../../src-main/core/usage/usage-table.ts';
import { aRecord } from '../../support/request-record.ts';
import { aQuestion } from '../../support/usage-records.ts';

const HEAD = {
  time_zone: 'UTC',
  start: '2026-01-15T12:00:00+00:00',
  end: '2026-01-15T13:00:00+00:00',
  commit: 1,
  log_offset: {},
};

/** An hour in which one model was paid for, one was free, one had no price, and one request failed. */
function anHour(): UsageFile {
  const counting = new UsageCounting();
  counting.configure({ timeZone: 'UTC', models: ['*'] });
  counting.add(aRecord({ model: 'paid', tokens_in: 10, cost: 0.1 }));
  counting.add(aRecord({ model: 'paid', tokens_in: 10, cost: 0.2, seconds: 0.1 }));
  counting.add(aRecord({ model: 'free', tokens_in: 10, cost: 0 }));
  counting.add(aRecord({ model: 'none', tokens_in: 10, cost: null }));
  counting.add(aRecord({ model: 'none', outcome: 'client_error', cost: null }));
  const [hour] = counting.drain();
  if (hour === undefined) throw new Error('nothing was counted');
  return encodeTable(HEAD, tableOf(hour));
}

function reported(table: UsageTable): UsageReport {
  const startMs = Date.parse(HEAD.start);
  const sum = new ReportSum(aQuestion({ by: ['model'] }), usageCalendar('UTC'));
  sum.add({ startMs, untilMs: Date.parse(HEAD.end), table });
  return sum.report();
}

const costsIn = (table: UsageTable) =>
  Object.fromEntries(
    reported(table).groups.map(({ group, cost, unpriced }) => [group.model, [cost, unpriced]]),
  );

describe('the file of a period', () => {
  it('has costs and seconds in whole units, and gives back exactly what was counted', () => {
    const file = anHour();
    expect(file.sums).toMatchObject({ cost: [0.3, 0, 0, 0], seconds: [0.1, 0, 0, 0] });
    const { table } = decodeTable(JSON.parse(JSON.stringify(file)));
    expect(costsIn(table)).toEqual({ paid: [0.3, 0], free: [0, 0], none: [null, 1] });
    expect(reported(table).total).toMatchObject({ cost: 0.3, unpriced: 1, seconds: 0.1 });
  });

  it('of an earlier version, which did not tell what had a price, has none where use cost nothing', () => {
    const { priced: _, unpriced: __, ...sums } = anHour().sums;
    const { table } = decodeTable({ ...anHour(), sums });
    expect(costsIn(table)).toEqual({ paid: [0.3, 0], free: [null, 1], none: [null, 1] });
  });

  it('of an earlier version without any cost has no price for what was used', () => {
    const { priced: _, unpriced: __, cost: ___, ...sums } = anHour().sums;
    const { table } = decodeTable({ ...anHour(), sums });
    expect(costsIn(table)).toEqual({ paid: [null, 2], free: [null, 1], none: [null, 1] });
  });
});
