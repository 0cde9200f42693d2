import { useTranslation } from 'react-i18next';

const SECOND_MS = 1000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
const KIB = 1024;
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
const SHORT: Intl.DateTimeFormatOptions = {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
};
/** What stands where there is nothing to show. */
export const NOTHING = '–';

/** Ways to write figures and times in the reader's language. */
export interface Formats extends Times {
  readonly number: (value: number) => string;
  /** Short where it is large: 1.2M, 12万. */
  readonly compact: (value: number) => string;
  /** @param ratio between 0 and 1; `null` where there is none */
  readonly percent: (ratio: number | null) => string;
  readonly milliseconds: (value: number | null) => string;
  readonly bytes: (value: number) => string;
  /**
   * @param value `null` where nothing has a price
   * @param currency stands behind the amount; `null` where the prices name none
   */
  readonly cost: (value: number | null, currency?: string | null) => string;
  /** How long ago, or until when, in its largest unit. */
  readonly relative: (time: string | number, now?: number) => string;
}

/** Ways to write times, all with 12 or all with 24 hours, in the time zone of the browser where none is named. */
interface Times {
  /** The name of that zone now, such as `GMT+1`. */
  readonly zone: () => string;
  /** Date and time to the minute. @param time RFC 3339 or epoch milliseconds */
  readonly time: (time: string | number) => string;
  /** Date and time to the second, with the name of the zone. */
  readonly exactTime: (time: string | number) => string;
  /** Day and time to the second, without the year: for what is mostly of these days. */
  readonly shortTime: (time: string | number) => string;
  /** Time of day to the second. */
  readonly clock: (time: string | number) => string;
  readonly date: (time: string | number) => string;
  /** Time of day at which a counted hour begins, where it was counted. @param period RFC 3339 */
  readonly hour: (period: string) => string;
  /** Day and month of a counted period, as they are called where it was counted. @param period RFC 3339 */
  readonly day: (period: string) => string;
}

function bytesText(value: number, number: (value: number) => string): string {
  const step = value < 1 ? 0 : Math.min(Math.floor(Math.log(value) / Math.log(KIB)), BYTE_UNITS.length - 1);
  const scaled = value / KIB ** step;
  return `${number(scaled >= 100 || step === 0 ? Math.round(scaled) : Number(scaled.toFixed(1)))} ${BYTE_UNITS[step]}`;
}

function relativeText(format: Intl.RelativeTimeFormat, differenceMs: number): string {
  const seconds = Math.round(differenceMs / SECOND_MS);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return format.format(Math.trunc(seconds / length), unit);
}

/** The reader's own locale where it is of this language, such as `en-GB`; its clock counts in any case. */
function timesOf(language: string, locale: string): Times {
  const own = locale.split('-')[0] === language.split('-')[0] ? locale : language;
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  const clocked = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(own, { ...options, ...(hourCycle === undefined ? {} : { hourCycle }) });
  const minute = clocked({ dateStyle: 'medium', timeStyle: 'short' });
  const second = clocked({ dateStyle: 'medium', timeStyle: 'long' });
  const short = clocked(SHORT);
  const clock = clocked({ timeStyle: 'medium' });
  const hour = clocked({ hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const zone = new Intl.DateTimeFormat(own, { timeZoneName: 'short' });
  const date = new Intl.DateTimeFormat(own, { dateStyle: 'medium' });
  const day = new Intl.DateTimeFormat(own, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return {
    zone: () => zone.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? '',
    time: (time) => minute.format(new Date(time)),
    exactTime: (time) => second.format(new Date(time)),
    shortTime: (time) => short.format(new Date(time)),
    clock: (time) => clock.format(new Date(time)),
    date: (time) => date.format(new Date(time)),
    // The digits of where it was counted, taken for those of UTC.
    hour: (period) => hour.format(new Date(`${period.slice(0, 'YYYY-MM-DDTHH:MM'.length)}Z`)),
    day: (period) => day.format(new Date(period.slice(0, 'YYYY-MM-DD'.length))),
  };
}

/** The formats of a language. @param locale of the reader, which decides how times are written */
export function formatsOf(language: string, locale: string = language): Formats {
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const cost = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const smallCost = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const number = (value: number): string => plain.format(value);
  return {
    number,
    compact: (value) => (Math.abs(value) < 10_000 ? number(value) : compact.format(value)),
    percent: (ratio) => (ratio === null ? NOTHING : percent.format(ratio)),
    milliseconds: (value) => {
      if (value === null) return NOTHING;
      if (value >= 10_000) return `${number(value / SECOND_MS)} s`;
      return `${number(value >= 100 ? Math.round(value) : value)} ms`;
    },
    bytes: (value) => bytesText(value, number),
    cost: (value, currency = null) => {
      if (value === null) return NOTHING;
      const amount = (value < 1 ? smallCost : cost).format(value);
      return currency === null ? amount : `${amount}\u00a0${currency}`;
    },
    ...timesOf(language, locale),
    relative: (time, now = Date.now()) => relativeText(relative, new Date(time).getTime() - now),
  };
}

const made = new Map<string, Formats>();

/** Made once for each language: it takes a millisecond or more, and every cell of a table asks for them. */
function sharedFormats(language: string): Formats {
  const formats = made.get(language) ?? formatsOf(language, navigator.language);
  made.set(language, formats);
  return formats;
}

/** The formats of the reader's language. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return sharedFormats(i18n.language === 'zh' ? 'zh-CN' : 'en');
}
