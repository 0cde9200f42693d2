import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { ContenderName } from './options.ts';

/** What of the outside world is there; paths, or `null`. */
export interface Installed {
  readonly nginx: string | null;
  /** The folder with nginx's Lua modules. */
  readonly luaModules: string | null;
  readonly wrk: string | null;
  readonly portkey: string | null;
  readonly aiproxy: string | null;
  /** The command of the checkout to compare with. */
  readonly baseline: string | null;
  /** A C compiler, for what loads WebSockets. */
  readonly cc: string | null;
  /** Whether processes can be bound to cores: taskset and two cores. */
  readonly pinning: boolean;
}

const root = join(import.meta.dirname, '..');

/** Looks at what is installed. @param baseline the folder of another checkout */
export function lookAround(baseline: string | null): Installed {
  const taskset = findProgram('taskset');
  return {
    nginx: findProgram('nginx'),
    luaModules: findLuaModules(),
    wrk: findProgram('wrk'),
    portkey: ifThere(join(root, 'bench/node_modules/@portkey-ai/gateway/build/start-server.js')),
    aiproxy: ifThere(join(root, 'bin/aiproxy.js')),
    baseline: baseline === null ? null : builtIn(resolve(baseline)),
    cc: findProgram('cc'),
    pinning: taskset !== null && availableParallelism() >= 2,
  };
}

/** Why a contender cannot take part, or `null`. */
export function missing(contender: ContenderName, installed: Installed): string | null {
  switch (contender) {
    case 'aiproxy':
      return installed.aiproxy ? null : 'bin/aiproxy.js is not there';
    case 'nginx-lua':
      if (!installed.nginx) return 'nginx is not installed (Debian: nginx, libnginx-mod-http-lua)';
      return installed.luaModules ? null : 'nginx has no Lua module (Debian: libnginx-mod-http-lua)';
    case 'baseline':
      return installed.baseline ? null : 'there is no built AIProxy in that folder';
    case 'portkey':
      return installed.portkey ? null : 'not installed (npm ci --prefix bench --ignore-scripts)';
    case 'minimal':
      return null;
  }
}

function builtIn(folder: string): string | null {
  return existsSync(join(folder, 'dist/main')) ? ifThere(join(folder, 'bin/aiproxy.js')) : null;
}

function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function findLuaModules(): string | null {
  const folders = ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/share/nginx/modules'];
  const complete = (folder: string) =>
    ['ndk_http_module.so', 'ngx_http_lua_module.so'].every((file) => existsSync(join(folder, file)));
  return folders.find(complete) ?? null;
}

function ifThere(path: string): string | null {
  return existsSync(path) ? path : null;
}
