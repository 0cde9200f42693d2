import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './children.ts';
import { CHAT_BODY, renderRequest, type Target } from './target.ts';

/** What one run of wrk measured. */
export interface WrkFigures {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** As wrk sees it: from when a connection was free, milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers of 400 and above. */
  readonly badStatus: number;
  /** Connections that failed, broke off or stayed silent. */
  readonly socketErrors: number;
}

export interface WrkRun {
  readonly wrk: string;
  readonly target: Target;
  readonly connections: number;
  readonly seconds: number;
  readonly core: number | null;
  readonly workDir: string;
}

/** Drives the target as fast as it goes. @throws Error if wrk fails or a single answer is not a success */
export async function runWrk(run: WrkRun): Promise<WrkFigures> {
  const script = join(run.workDir, `wrk-${run.target.port}.lua`);
  writeFileSync(script, wrkScript(run.target));
  const url = `http://127.0.0.1:${run.target.port}/`;
  const flags = [
    '-t1',
    `-c${run.connections}`,
    `-d${Math.ceil(run.seconds)}s`,
    '--timeout',
    '10s',
    '-s',
    script,
  ];
  const figures = parseWrk(await runToEnd([run.wrk, ...flags, url], { core: run.core }));
  if (figures.badStatus + figures.socketErrors > 0 || figures.requests === 0) {
    const { requests, badStatus, socketErrors } = figures;
    throw new Error(
      `of ${requests} requests ${badStatus} were refused and ${socketErrors} failed: not a measurement`,
    );
  }
  return figures;
}

/** The Lua script: requests rendered beforehand, one per key in turn, and the figures as one line at the end. */
export function wrkScript(target: Target): string {
  const requests = target.keys.map((key) => luaString(renderRequest(target, key, CHAT_BODY)));
  return `local requests = {
${requests.join(',\n')}
}
local at = 0
request = function()
  at = at % #requests + 1
  return requests[at]
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("BENCH %d %d %f %f %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
`;
}

/** Reads the line that the script writes at the end. @throws Error if it is not there */
export function parseWrk(output: string): WrkFigures {
  const fields = /^BENCH (\d+) (\d+) ([\d.]+) ([\d.]+) (\d+) (\d+)$/m.exec(output)?.slice(1).map(Number);
  if (!fields) throw new Error(`wrk did not report: ${output.slice(-500)}`);
  const [requests = 0, durationUs = 0, p50Us = 0, p99Us = 0, badStatus = 0, socketErrors = 0] = fields;
  return {
    requests,
    requestsPerSecond: (requests * 1e6) / durationUs,
    p50Ms: p50Us / 1000,
    p99Ms: p99Us / 1000,
    badStatus,
    socketErrors,
  };
}

function luaString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
