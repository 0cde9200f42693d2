import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Child, runToEnd } from '../../bench/children.ts';
import { portOf } from '../../bench/free-port.ts';
import { lookAround } from '../../bench/installed.ts';
import {
  compileTools,
  loadCommand,
  parseFigures,
  startEcho,
  type WebSocketOrder,
  type WebSocketTools,
} from '../../bench/load/websocket-tools.ts';
import { CHANNEL_KEY } from '../../bench/target.ts';

const { cc } = lookAround(null);
if (cc === null)
  process.stderr.write('skipped: there is no C compiler for the WebSocket load (Debian: gcc)\n');

const ORDER: WebSocketOrder = {
  connections: 4,
  bytes: 300,
  kind: 'text',
  mode: 'closed',
  seconds: 0.2,
  messagesPerSecond: 0,
};

describe.skipIf(cc === null)('the WebSocket load', () => {
  const workDir = mkdtempSync(join(tmpdir(), 'aiproxy-bench-test-'));
  let tools: WebSocketTools;
  let echo: { readonly port: number; readonly child: Child };

  beforeAll(async () => {
    tools = await compileTools(cc ?? '', workDir);
    echo = await startEcho(tools, null);
  });
  afterAll(async () => {
    await echo.child.stop();
    rmSync(workDir, { recursive: true });
  });

  const run = async (port: number, order: Partial<WebSocketOrder>, key = CHANNEL_KEY) => {
    const command = loadCommand(tools, { port, keys: [key], headers: {} }, { ...ORDER, ...order });
    return parseFigures(await runToEnd(command, { core: null }));
  };

  it('gets every message back from the echo, of every size of head', async () => {
    for (const bytes of [64, 125, 126, 300, 65_535]) {
      const figures = await run(echo.port, { bytes, kind: 'binary', seconds: 0.05 });
      expect(figures.messages).toBeGreaterThan(0);
    }
  });

  it('sends no faster than the rate it was told', async () => {
    const figures = await run(echo.port, { mode: 'paced', messagesPerSecond: 500, seconds: 0.4 });
    // How many of the 200 were due by the end depends on the machine; never more are sent.
    expect(figures.messages).toBeGreaterThan(0);
    expect(figures.messages).toBeLessThanOrEqual(205);
  });

  it('sends one message through each idle connection', async () => {
    const figures = await run(echo.port, { mode: 'idle', connections: 200, seconds: 0 });
    expect(figures).toMatchObject({ messages: 200, lost: 0 });
  });

  it('fails where the handshake is refused', async () => {
    await expect(run(echo.port, {}, 'another-key')).rejects.toThrow('401');
  });

  it('fails where an echo differs in one bit', async () => {
    await withRelay(
      echo.port,
      (chunk, isHandshake) => {
        const last = chunk.length - 20;
        if (!isHandshake) chunk[last] = (chunk[last] ?? 0) ^ 1;
        return chunk;
      },
      (port) => expect(run(port, {})).rejects.toThrow('an echo is not what was sent'),
    );
  });

  it('tells which messages were lost', async () => {
    let chunks = 0;
    await withRelay(
      echo.port,
      (chunk, isHandshake) => {
        if (!isHandshake) chunks += 1;
        return !isHandshake && chunks === 1 ? null : chunk;
      },
      async (port) => {
        const figures = await run(port, { mode: 'idle', connections: 3, seconds: 0 });
        expect(figures).toMatchObject({ messages: 2, lost: 1 });
      },
    );
  }, 20_000);
});

/** Something between load and echo that changes what comes back, or drops it. */
async function withRelay(
  echoPort: number,
  change: (chunk: Buffer, isHandshake: boolean) => Buffer | null,
  use: (port: number) => Promise<unknown>,
): Promise<void> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(echoPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => upstream.write(chunk));
    let isHandshake = true;
    upstream.on('data', (chunk) => {
      const changed = change(chunk, isHandshake);
      isHandshake = false;
      if (changed !== null) client.write(changed);
    });
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(portOf(server));
  } finally {
    for (const socket of open) socket.destroy();
    server.close();
  }
}
