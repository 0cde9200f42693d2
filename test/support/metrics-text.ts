/** A number of the text format, with the name and labels under which it stands. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ReadFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/s;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\n"])*)"(?:,(?=.)|$)/s;
const NUMBER = /^(?:[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|Inf)|NaN)$/i;

function fail(line: string, why: string): never {
  throw new Error(`${why}: ${JSON.stringify(line)}`);
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));

function labelsOf(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const [whole, name, value] = LABEL.exec(rest) ?? fail(line, 'a label is malformed');
    if (name === undefined || value === undefined || Object.hasOwn(labels, name))
      fail(line, 'a label stands twice');
    labels[name] = unescaped(value);
    rest = rest.slice(whole.length);
  }
  return labels;
}

function numberOf(text: string, line: string): number {
  if (!NUMBER.test(text)) fail(line, 'this is no number');
  return Number(text.replace(/inf/i, 'Infinity'));
}

function sampleOf(line: string): ReadSample {
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? fail(line, 'this is no sample');
  return { name, labels: labelsOf(labels, line), value: numberOf(value, line) };
}

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  summary: ['', '_sum', '_count'],
  histogram: ['_bucket', '_sum', '_count'],
};

/**
 * Reads Prometheus' text format 0.0.4 as strictly as its description is: each family once, in one piece, with `HELP` and
 * `TYPE` before its samples, each sample once. @throws Error for anything else
 */
export function readMetrics(text: string): readonly ReadFamily[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) fail(text.slice(-20), 'the last line has no end');
  const families: { name: string; type: string; help: string; samples: ReadSample[] }[] = [];
  const lines = text.slice(0, -1).split('\n');
  for (const [at, line] of lines.entries()) {
    const current = families.at(-1);
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/s.exec(line) ?? [];
    if (kind === 'HELP') {
      if (!METRIC.test(name) || families.some((family) => family.name === name)) fail(line, 'not a new name');
      families.push({ name, type: '', help: unescaped(rest), samples: [] });
    } else if (kind === 'TYPE') {
      if (current?.name !== name || current.type !== '' || SUFFIXES[rest] === undefined)
        fail(line, 'a wrong type');
      current.type = rest;
    } else {
      if (current === undefined || current.type === '' || line.startsWith('#'))
        fail(line, `line ${at} is in no family`);
      const sample = sampleOf(line);
      if (!SUFFIXES[current.type]?.some((suffix) => sample.name === current.name + suffix))
        fail(line, 'a foreign sample');
      current.samples.push(sample);
    }
  }
  for (const family of families) checkFamily(family);
  return families;
}

function checkFamily({ name, type, samples }: ReadFamily): void {
  if (samples.length === 0) fail(name, 'a family without samples');
  const keys = samples.map((sample) => JSON.stringify([sample.name, Object.entries(sample.labels).sort()]));
  if (new Set(keys).size !== keys.length) fail(name, 'a sample stands twice');
  if (type === 'counter' && !name.endsWith('_total')) fail(name, 'a counter ends in _total');
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) fail(name, 'a counter is below zero');
  if (type === 'histogram') for (const buckets of bucketsOf(name, samples)) checkBuckets(name, buckets);
}

interface Buckets {
  readonly counts: readonly (readonly [le: number, count: number])[];
  readonly count: number | undefined;
  readonly sum: number | undefined;
}

/** The buckets of a histogram, by their other labels. */
export function bucketsOf(name: string, samples: readonly ReadSample[]): readonly Buckets[] {
  const groups = Map.groupBy(samples, ({ labels: { le: _, ...others } }) =>
    JSON.stringify(Object.entries(others).sort()),
  );
  return [...groups.values()].map((group) => ({
    counts: group
      .filter((sample) => sample.name === `${name}_bucket`)
      .map(({ labels, value }) => [Number((labels.le ?? '').replace('+Inf', 'Infinity')), value] as const),
    count: group.find((sample) => sample.name === `${name}_count`)?.value,
    sum: group.find((sample) => sample.name === `${name}_sum`)?.value,
  }));
}

function checkBuckets(name: string, { counts, count, sum }: Buckets): void {
  const last = counts.at(-1);
  if (last?.[0] !== Number.POSITIVE_INFINITY || last[1] !== count)
    fail(name, 'the last bucket is +Inf and holds all');
  if (sum === undefined || Number.isNaN(sum)) fail(name, 'a histogram without its sum');
  for (const [at, [le, value]] of counts.entries()) {
    const [lowerLe, lower] = counts[at - 1] ?? [Number.NEGATIVE_INFINITY, 0];
    if (!(le > lowerLe) || !(value >= lower)) fail(name, 'buckets go up');
  }
}

/** The family of this name. @throws Error where there is none */
export function familyOf(families: readonly ReadFamily[], name: string): ReadFamily {
  return families.find((family) => family.name === name) ?? fail(name, 'there is no such family');
}

/** The sum of the samples that have these labels. */
export function sumOf(
  families: readonly ReadFamily[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return familyOf(families, name)
    .samples.filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
