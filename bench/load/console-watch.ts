// An overview that somebody looks at: reads the live feed and asks what the page asks, as often as it does.
import { WebSocket } from 'ws';
import type { WatchOrder } from './orders.ts';

const HOUR_MS = 3_600_000;

const order: WatchOrder = JSON.parse(process.argv[2] ?? '{}');

async function ask(path: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
  const url = new URL(`/api/v1/${path}`, order.consoleUrl);
  url.search = new URLSearchParams(query).toString();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${order.adminToken}` } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  await answer.arrayBuffer();
}

const since = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

/** As `features/overview` and the frame around it ask, in milliseconds. */
const QUESTIONS: readonly (readonly [everyMs: number, question: () => Promise<void>])[] = [
  [5_000, () => ask('websocket-sessions')],
  [10_000, () => ask('status')],
  [15_000, () => ask('statistics/channels', { start_time: since(2), percentiles: '50', limit: '10000' })],
  [
    15_000,
    () => ask('statistics/timeline', { start_time: since(24), granularity: 'hour', percentiles: '50,95' }),
  ],
];

function watch(): Promise<void> {
  const url = new URL('/api/v1/requests/live', order.consoleUrl);
  url.protocol = 'ws:';
  const socket = new WebSocket(url, ['aiproxy.live'], {
    headers: { authorization: `Bearer ${order.adminToken}` },
  });
  // The browser reads each message as the page does.
  socket.on('message', (message) => JSON.parse(String(message)));
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
}

const fail = (error: unknown): never => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
};

await watch().catch(fail);
await Promise.all(QUESTIONS.map(([, question]) => question())).catch(fail);
for (const [everyMs, question] of QUESTIONS) setInterval(() => void question().catch(fail), everyMs);
process.stdout.write('watching\n');
