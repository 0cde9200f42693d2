import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { startNginx } from '../nginx.ts';
import { CHANNEL_KEY, proxyKeys } from '../target.ts';
import { type ContenderStart, type Running, USERS } from './contender.ts';

/** The yardstick: nginx with Lua that looks the Proxy-Key up in a table and puts the channel's key in its place. */
export async function startNginxLua(start: ContenderStart): Promise<Running> {
  const { nginx, luaModules } = start.installed;
  if (!nginx || !luaModules) throw new Error('nginx with Lua is not there');
  const port = await freePort();
  const child = await startNginx({
    nginx,
    folder: join(start.workDir, 'nginx-lua'),
    port,
    core: start.core,
    modules: ['ndk_http_module.so', 'ngx_http_lua_module.so'].map((file) => join(luaModules, file)),
    ...(start.webSocketPort === null ? {} : { sockets: 16_384 }),
    http: keySwap(port, start),
  });
  return {
    name: 'nginx-lua',
    target: { port, keys: proxyKeys(USERS), headers: {} },
    pid: child.pid,
    stop: () => child.stop(),
  };
}

/** Puts the channel's key in the place of a Proxy-Key that it knows. */
const ACCESS = `access_by_lua_block {
        local header = ngx.var.http_authorization
        local key = header and string.match(header, "^[Bb]earer +(.+)$")
        local credential = key and channel_keys[key]
        if not credential then
          ngx.status = 401
          ngx.say('{"error":{"message":"unknown key"}}')
          return ngx.exit(401)
        end
        ngx.req.set_header("Authorization", credential)
      }`;

/** WebSockets as nginx's own guide has them. */
function webSockets(port: number): string {
  return `location /v1/realtime {
      ${ACCESS}
      proxy_http_version 1.1;
      proxy_set_header Connection "upgrade";
      proxy_set_header Upgrade $http_upgrade;
      proxy_read_timeout 600s;
      proxy_send_timeout 600s;
      proxy_pass http://127.0.0.1:${port};
    }`;
}

function keySwap(port: number, { upstreamPort, webSocketPort }: ContenderStart): string {
  const table = proxyKeys(USERS).map((key) => `["${key}"] = "Bearer ${CHANNEL_KEY}"`);
  return `
  init_by_lua_block { channel_keys = { ${table.join(', ')} } }
  upstream platform {
    server 127.0.0.1:${upstreamPort};
    keepalive 2048;
    keepalive_requests 100000000;
  }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    ${webSocketPort === null ? '' : webSockets(webSocketPort)}
    location / {
      ${ACCESS}
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_read_timeout 600s;
      proxy_pass http://platform;
    }
  }`;
}
