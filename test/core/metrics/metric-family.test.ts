import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricFamily, metricsText } from '../../../src-main/core/metrics/metric-family.ts';
import { rounds } from '../../support/long-run.ts';
import { readMetrics } from '../../support/metrics-text.ts';

const gauge = (samples: MetricFamily['samples']): MetricFamily => ({
  name: 'g',
  type: 'gauge',
  help: 'Help.',
  samples,
});

describe('the text of metrics', () => {
  it('is what Prometheus describes', () => {
    const families: MetricFamily[] = [
      gauge([{ value: 1 }]),
      {
        name: 'c_total',
        type: 'counter',
        help: 'A \\ and\na line.',
        samples: [{ labels: { a: 'x"y\\z\n' }, value: 2.5 }],
      },
    ];
    expect(metricsText(families)).toBe(
      '# HELP g Help.\n# TYPE g gauge\ng 1\n' +
        '# HELP c_total A \\\\ and\\na line.\n# TYPE c_total counter\nc_total{a="x\\"y\\\\z\\n"} 2.5\n',
    );
  });

  it('leaves families out that have nothing to tell', () => {
    expect(metricsText([gauge([])])).toBe('');
  });

  it('gives back any label and any number to who reads it', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, fc.double(), (one, help, value) => {
        const [family] = readMetrics(metricsText([{ ...gauge([{ labels: { one }, value }]), help }]));
        expect(family).toEqual({
          name: 'g',
          type: 'gauge',
          help,
          samples: [{ name: 'g', labels: { one }, value: value + 0 }],
        });
      }),
      { numRuns: rounds(50, 5_000) },
    );
  });
});

describe('the reader of these tests', () => {
  it.each([
    ['a family twice', '# HELP a x\n# TYPE a gauge\na 1\n# HELP a x\n# TYPE a gauge\na{b="c"} 1\n'],
    ['a sample twice', '# HELP a x\n# TYPE a gauge\na 1\na 1\n'],
    ['an open label', '# HELP a x\n# TYPE a gauge\na{b="c} 1\n'],
    ['a wrong escape', '# HELP a x\n# TYPE a gauge\na{b="\\t"} 1\n'],
    ['no type', '# HELP a x\na 1\n'],
    ['a foreign sample', '# HELP a x\n# TYPE a gauge\nb 1\n'],
    ['no number', '# HELP a x\n# TYPE a gauge\na one\n'],
    ['a last line without end', '# HELP a x\n# TYPE a gauge\na 1'],
    ['a counter without _total', '# HELP a x\n# TYPE a counter\na 1\n'],
    [
      'buckets that go down',
      '# HELP a x\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    ],
    [
      'a count besides its buckets',
      '# HELP a x\n# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum 1\na_count 2\n',
    ],
  ])('refuses %s', (_, text) => {
    expect(() => readMetrics(text)).toThrow();
  });
});
