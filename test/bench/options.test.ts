import { describe, expect, it } from 'vitest';
import { CONTENDERS, parseOptions, SCENARIOS } from '../../bench/options.ts';
import { parseProcessorMs, parseResident } from '../../bench/process-figures.ts';

describe('the command line of the benchmark', () => {
  it('runs everything with everyone by default', () => {
    expect(parseOptions([])).toEqual({
      quick: false,
      only: SCENARIOS,
      contenders: CONTENDERS,
      baseline: null,
      seconds: 6,
      rounds: 5,
    });
  });

  it('is shorter with --quick, but not against an explicit wish', () => {
    expect(parseOptions(['--quick', '--rounds', '4'])).toMatchObject({ seconds: 2, rounds: 4 });
  });

  it('takes lists, in its own order', () => {
    const options = parseOptions(['--only', 'sse,http', '--contenders', 'nginx-lua, aiproxy']);
    expect(options).toMatchObject({ only: ['http', 'sse'], contenders: ['aiproxy', 'nginx-lua'] });
  });

  it('lets another checkout take part where its folder is named', () => {
    const options = parseOptions(['--contenders', 'aiproxy', '--baseline', '../before']);
    expect(options).toMatchObject({ contenders: ['aiproxy', 'baseline'], baseline: '../before' });
  });

  it('names what it does not know', () => {
    expect(() => parseOptions(['--only', 'webrtc'])).toThrow('--only: unknown "webrtc"');
    expect(() => parseOptions(['--seconds', 'long'])).toThrow('--seconds: "long" is not a number');
    expect(() => parseOptions(['--fast'])).toThrow(/--fast/);
  });
});

describe('the figures of a process', () => {
  it('reads resident memory in bytes', () => {
    expect(parseResident('VmPeak:\t  900 kB\nVmRSS:\t   512 kB\nThreads:\t1\n')).toBe(524_288);
    expect(parseResident('')).toBeNaN();
  });

  it('reads processor time past a program name that holds brackets and spaces', () => {
    const stat = '42 (node (x) y) S 1 42 42 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 11 0 100 1 1';
    expect(parseProcessorMs(stat)).toBe(2000);
    expect(parseProcessorMs('')).toBeNaN();
  });
});
