import { describe, expect, it } from 'vitest';
import { renderRequest } from '../../bench/target.ts';
import { parseWrk, wrkScript } from '../../bench/wrk.ts';

const OUTPUT = `Running 2s test @ http://127.0.0.1:40001/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.19ms    1.00ms  20.00ms   90.00%
  48998 requests in 2.00s, 40.00MB read
Requests/sec:  24499.00
Transfer/sec:     20.00MB
BENCH 48998 2000000 2190.000000 19000.500000 0 0
`;

describe('reading wrk', () => {
  it('takes rate and latencies from the line of our script', () => {
    expect(parseWrk(OUTPUT)).toEqual({
      requests: 48_998,
      requestsPerSecond: 24_499,
      p50Ms: 2.19,
      p99Ms: 19.0005,
      badStatus: 0,
      socketErrors: 0,
    });
  });

  it('sees refused requests and broken connections', () => {
    const figures = parseWrk('BENCH 10 1000000 1.0 2.0 3 4\n');
    expect(figures).toMatchObject({ badStatus: 3, socketErrors: 4 });
  });

  it('takes no figures from a run that did not report', () => {
    expect(() => parseWrk('unable to connect to 127.0.0.1:1 Connection refused\n')).toThrow(
      /unable to connect/,
    );
  });

  it('writes requests into the script so that Lua reads them back byte for byte', () => {
    const target = { port: 8001, keys: ['a', 'b'], headers: { 'x-odd': 'quote " and \\ backslash' } };
    const lines = wrkScript(target).split('\n');
    const strings = lines.filter((line) => line.startsWith('"POST ')).map((line) => line.replace(/,$/, ''));
    // Lua's escapes for these characters are JSON's.
    const requests = strings.map((text) => JSON.parse(text));
    expect(requests).toEqual(target.keys.map((key) => renderRequest(target, key, bodyOf(requests[0]))));
  });
});

function bodyOf(request: string): string {
  return request.slice(request.indexOf('\r\n\r\n') + 4);
}
