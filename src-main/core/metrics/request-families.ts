import { latencyBucket } from '../usage/latency-buckets.ts';
import { MICRO, NANO, SUMS, type Sum } from '../usage/usage-row.ts';
import type { MetricFamily, Sample } from './metric-family.ts';
import type { Durations, RequestSums } from './request-sums.ts';
import type { Counted } from './series.ts';

/**
 * Bounds of durations in seconds, by the last bucket of the counters that lies below: powers of two from about a
 * millisecond to about nine minutes, which are bounds of those buckets too.
 */
const BOUNDS_S: ReadonlyMap<number, number> = new Map(
  Array.from({ length: 20 }, (_, at) => 2 ** (at - 10)).map((bound) => [latencyBucket(bound * 1000), bound]),
);

/** What was requested since the start of the program. */
export function requestFamilies(sums: RequestSums): MetricFamily[] {
  return [
    {
      name: 'aiproxy_requests_total',
      type: 'counter',
      help: 'Finished requests; channel is empty where none was reached.',
      samples: labelled(sums.requests, ['channel', 'endpoint', 'protocol', 'outcome']),
    },
    {
      name: 'aiproxy_errors_total',
      type: 'counter',
      help: "Requests that failed, by the gateway's or the platform's code.",
      samples: labelled(sums.errors, ['channel', 'code']),
    },
    {
      name: 'aiproxy_request_duration_seconds',
      type: 'histogram',
      help: 'From the arrival of a request to the end of its answer.',
      samples: [...sums.durations].flatMap(durationSamples),
    },
    ...channelFamilies(sums),
  ];
}

type Names = readonly string[];

function labelled(series: Iterable<Counted<number>>, labels: Names): Sample[] {
  return [...series].map(({ names, value }) => ({ labels: labelsOf(labels, names), value }));
}

const labelsOf = (labels: Names, names: Names): Record<string, string> =>
  Object.fromEntries(labels.map((label, at) => [label, names[at] ?? '']));

function durationSamples({ names, value: { buckets, sumUs } }: Counted<Durations>): Sample[] {
  const labels = labelsOf(['channel', 'protocol'], names);
  const samples: Sample[] = [];
  let count = 0;
  for (const [bucket, more] of buckets.entries()) {
    count += more;
    const bound = BOUNDS_S.get(bucket);
    if (bound !== undefined)
      samples.push({ suffix: '_bucket', labels: { ...labels, le: String(bound) }, value: count });
  }
  return [
    ...samples,
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
    { suffix: '_sum', labels, value: sumUs / 1e6 },
    { suffix: '_count', labels, value: count },
  ];
}

const TOKENS = {
  input: 'tokens_in',
  output: 'tokens_out',
  cached: 'tokens_cached',
  reasoning: 'tokens_reasoning',
} as const;

const sumOf = (sums: Float64Array, sum: Sum): number => sums[SUMS.indexOf(sum)] ?? 0;

function channelFamilies(sums: RequestSums): MetricFamily[] {
  const channels = [...sums.sums];
  const counter = (name: string, help: string, member: Sum, parts = 1): MetricFamily => ({
    name,
    type: 'counter',
    help,
    samples: channels.map(({ names, value }) => ({
      labels: labelsOf(['channel'], names),
      value: sumOf(value, member) / parts,
    })),
  });
  return [
    {
      name: 'aiproxy_tokens_total',
      type: 'counter',
      help: 'Tokens that platforms counted; cached ones are a part of the input, reasoning is a part of the output.',
      samples: channels.flatMap(({ names, value }) =>
        Object.entries(TOKENS).map(([kind, member]) => ({
          labels: { ...labelsOf(['channel'], names), kind },
          value: sumOf(value, member),
        })),
      ),
    },
    counter('aiproxy_characters_total', 'Characters of speech that platforms counted.', 'characters'),
    counter('aiproxy_audio_seconds_total', 'Seconds of sound that platforms counted.', 'seconds_us', MICRO),
    counter('aiproxy_request_bytes_total', 'Bytes of request bodies.', 'bytes_in'),
    counter('aiproxy_response_bytes_total', 'Bytes of answers.', 'bytes_out'),
    {
      name: 'aiproxy_cost_total',
      type: 'counter',
      help: 'Cost by the configured prices, in their currency; only of channels where something had a price.',
      samples: channels
        .filter(({ value }) => sumOf(value, 'priced') > 0)
        .map(({ names, value }) => ({
          labels: labelsOf(['channel'], names),
          value: sumOf(value, 'cost_nano') / NANO,
        })),
    },
    counter('aiproxy_unpriced_requests_total', 'Requests that used something no price is for.', 'unpriced'),
  ];
}
