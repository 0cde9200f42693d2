import { request } from 'node:http';
import type { Running } from '../contenders/contender.ts';
import { type BenchContext, contenderStart, notMeasured, type ScenarioResult } from '../context.ts';
import { withLineup } from '../lineup.ts';
import { compileTools, startEcho, type WebSocketTools } from '../load/websocket-tools.ts';
import { startNodeUpstream } from '../upstream/start.ts';
import { measureIdle } from './websocket-idle.ts';
import { measureRate } from './websocket-rate.ts';
import { measureThroughput } from './websocket-throughput.ts';

const TITLE = 'WebSocket';
/** The others carry none. */
const CARRIES = new Set(['aiproxy', 'baseline', 'nginx-lua']);

/** What WebSocket messages cost on their way through, and what a connection costs that is quiet. */
export async function websocketScenario(context: BenchContext): Promise<ScenarioResult> {
  const { cc } = context.installed;
  if (!cc) return notMeasured(TITLE, 'there is no C compiler (Debian: gcc)');
  const tools = await compileTools(cc, context.workDir);
  const echo = await startEcho(tools, context.loadCore);
  const upstream = await startNodeUpstream({ ...context, core: context.loadCore }, 20);
  try {
    const names = context.contenders.filter((name) => CARRIES.has(name));
    const start = contenderStart(context, upstream.port, echo.port);
    const busy = await withLineup(names, start, (running) => measure(context, tools, echo.port, running));
    const idle = await measureIdle(context, tools, start, names);
    return together({ ...busy, idle });
  } finally {
    await upstream.stop();
    await echo.child.stop();
  }
}

async function measure(
  context: BenchContext,
  tools: WebSocketTools,
  echoPort: number,
  running: readonly Running[],
): Promise<Readonly<Record<string, ScenarioResult>>> {
  for (const one of running) await proveRefusal(one);
  return {
    throughput: await measureThroughput(context, tools, echoPort, running),
    rate: await measureRate(context, tools, echoPort, running),
  };
}

function together(parts: Readonly<Record<string, ScenarioResult>>): ScenarioResult {
  const results = Object.values(parts);
  return {
    tables: results.flatMap(({ tables }) => tables),
    goals: results.flatMap(({ goals }) => goals),
    figures: Object.fromEntries(Object.entries(parts).map(([name, { figures }]) => [name, figures])),
  };
}

/** The echo takes the channel's key only, so an open connection proves the swap; an unknown Proxy-Key must not get that far. */
async function proveRefusal({ name, target }: Running): Promise<void> {
  const status = await new Promise<number>((resolve, reject) => {
    const headers = {
      authorization: 'Bearer bench-unknown-key',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const sent = request({
      host: '127.0.0.1',
      port: target.port,
      path: '/v1/realtime?model=bench-realtime',
      headers,
    });
    sent.on('upgrade', (_, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
  if (status !== 401) throw new Error(`${name} answers ${status} to a handshake with an unknown key`);
}
