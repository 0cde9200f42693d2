import { join } from 'node:path';
import { type Child, startChild } from '../children.ts';
import { freePort } from '../free-port.ts';
import type { Installed } from '../installed.ts';
import { startNginx } from '../nginx.ts';
import { CHANNEL_KEY } from '../target.ts';
import { CHAT_ANSWER } from './chat-answer.ts';

/** A running stand-in platform. */
export interface Upstream {
  readonly port: number;
  /** What it is, for the table. */
  readonly kind: 'nginx' | 'node';
  stop(): Promise<void>;
}

export interface UpstreamStart {
  readonly installed: Installed;
  readonly core: number | null;
  readonly workDir: string;
}

/** The fastest upstream that is here, for chat requests: nginx, else our own. */
export async function startChatUpstream(start: UpstreamStart): Promise<Upstream> {
  return start.installed.nginx
    ? await startNginxUpstream(start, start.installed.nginx)
    : await startNodeUpstream(start, 20);
}

/** Our own upstream, which also serves event streams at that rate each. */
export async function startNodeUpstream(start: UpstreamStart, eventsPerSecond: number): Promise<Upstream> {
  const program = join(import.meta.dirname, 'main.ts');
  const child = startChild([process.execPath, program, String(eventsPerSecond)], { core: start.core });
  const ready: { port: number } = JSON.parse(await child.line((line) => line.includes('"ready"'), 10_000));
  return upstreamOf('node', ready.port, child);
}

async function startNginxUpstream(start: UpstreamStart, nginx: string): Promise<Upstream> {
  const port = await freePort();
  const http = `
  server {
    listen 127.0.0.1:${port} backlog=4096;
    default_type application/json;
    location / {
      if ($http_authorization != "Bearer ${CHANNEL_KEY}") { return 401 '{"error":{"message":"not the channel key"}}'; }
      return 200 '${CHAT_ANSWER}';
    }
  }`;
  const folder = join(start.workDir, `upstream-${port}`);
  return upstreamOf(
    'nginx',
    port,
    await startNginx({ nginx, folder, port, core: start.core, modules: [], http }),
  );
}

function upstreamOf(kind: Upstream['kind'], port: number, child: Child): Upstream {
  return { kind, port, stop: () => child.stop() };
}
