import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from './children.ts';
import { untilListening } from './free-port.ts';

export interface NginxRun {
  readonly nginx: string;
  /** A folder of its own for its files. */
  readonly folder: string;
  readonly port: number;
  readonly core: number | null;
  /** Modules to load; absolute paths. */
  readonly modules: readonly string[];
  /** How many sockets it may have open, those to the upstream included; 8192 unless told. */
  readonly sockets?: number;
  /** What stands inside `http { … }`. */
  readonly http: string;
}

/** Starts nginx as one process (no master), so that ending it by its pid ends all of it. */
export async function startNginx(run: NginxRun): Promise<Child> {
  mkdirSync(run.folder, { recursive: true });
  const config = join(run.folder, 'nginx.conf');
  writeFileSync(config, nginxConfig(run));
  const errors = join(run.folder, 'error.log');
  const child = startChild([run.nginx, '-p', run.folder, '-e', errors, '-c', config], { core: run.core });
  const failed = child.ended.then(() => {
    throw new Error('nginx ended at once');
  });
  await Promise.race([untilListening(run.port, 5000), failed]);
  return child;
}

function nginxConfig(run: NginxRun): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
${run.modules.map((path) => `load_module ${path};`).join('\n')}
worker_processes 1;
worker_rlimit_nofile ${2 * (run.sockets ?? 8192)};
daemon off;
master_process off;
pid ${join(run.folder, 'nginx.pid')};
events { worker_connections ${run.sockets ?? 8192}; }
http {
  access_log off;
  keepalive_requests 100000000;
  keepalive_timeout 600s;
${temporary.map((name) => `  ${name}_temp_path ${join(run.folder, name)};`).join('\n')}
${run.http}
}
`;
}
