import { OUTCOMES } from '../../../src-main/contract/request-record.ts';
import { RANGES, type RangeName, rangeUntilNow } from '../../ui/time-range.ts';

/** The members by which the server filters, under the names they have in the address as well. */
export const FILTERS = [
  'text',
  'user',
  'channel',
  'outcome',
  'key_id',
  'model',
  'endpoint',
  'protocol',
  'status',
  'error_code',
] as const;

/** Those that are seldom needed and stand behind a button. */
const FURTHER_FILTERS = ['key_id', 'model', 'endpoint', 'protocol', 'status', 'error_code'] as const;

/** All that the address of the log may hold. */
export const LOG_ADDRESS = [...FILTERS, 'range', 'start_time', 'end_time', 'live'] as const;
export type LogAddress = Readonly<Record<(typeof LOG_ADDRESS)[number], string>>;

/** A question to the log or the live feed, as both take it. */
export type LogQuestion = Readonly<Record<string, string>>;

const isRange = (text: string): text is RangeName => RANGES.some((name) => name === text);

/** All outcomes in which something failed, as the server calls them together. */
export const FAILURE = 'failure';

/** The outcomes that an address names, divided by commas; what is none is left out. */
export const outcomesIn = (text: string): readonly string[] =>
  [FAILURE, ...OUTCOMES].filter((outcome) => text.split(',').includes(outcome));

/** What is filtered by, without the range of time. */
export function filterOf(address: LogAddress): LogQuestion {
  const status = /^[1-5]\d\d$/.test(address.status) ? address.status : '';
  const asked = { ...address, status, outcome: outcomesIn(address.outcome).join(',') };
  const entries = FILTERS.map((name) => [name, asked[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/** The whole question. @param nowMs where ranges that were chosen with one press end */
export function questionOf(address: LogAddress, nowMs: number): LogQuestion {
  const filter = filterOf(address);
  if (isRange(address.range))
    return { ...filter, start_time: rangeUntilNow(address.range, nowMs).start_time };
  const times = (['start_time', 'end_time'] as const).flatMap((name) => {
    const time = Date.parse(address[name]);
    return Number.isNaN(time) ? [] : [[name, new Date(time).toISOString()] as const];
  });
  return { ...filter, ...Object.fromEntries(times) };
}

/** Whether new requests can belong to what is shown. */
export const isOpenEnded = (address: LogAddress): boolean =>
  isRange(address.range) || address.end_time === '';

/** How many of the filters that stand behind a button are set. */
export const furtherFilters = (address: LogAddress): number =>
  FURTHER_FILTERS.filter((name) => address[name] !== '').length;

/** Whether anything is left out. */
export const isFiltered = (address: LogAddress): boolean =>
  [...FILTERS, 'range' as const, 'start_time' as const, 'end_time' as const].some(
    (name) => address[name] !== '',
  );

/** An address of the log with these filters. */
export const logPath = (filter: Readonly<Record<string, string | null>>): string => {
  const entries = Object.entries(filter).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return `/requests?${new URLSearchParams(entries)}`;
};
