import { readFile, stat } from 'node:fs/promises';
import { type Context, Hono } from 'hono';
import type { AdminContext } from '../admin-context.ts';
import type { AdminEnv } from '../api-router.ts';
import { refuse } from '../console-error.ts';
import { contentSecurityPolicy } from '../security-headers.ts';
import { DOCS_TYPES, docsFile } from './docs-files.ts';

/** Serves a file from the disk each time: they are large, and asked for seldom. */
async function serveFile(context: Context, name: string): Promise<Response> {
  const type = DOCS_TYPES.get(name);
  if (type === undefined) return refuse(context, 'not_found', 'There is nothing here.');
  const path = docsFile(name);
  const { size, mtimeMs } = await stat(path);
  const tag = `W/"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`;
  context.header('cache-control', 'no-cache');
  context.header('etag', tag);
  if (context.req.header('if-none-match') === tag) return context.body(null, 304);
  context.header('content-type', type);
  return context.body(await readFile(path));
}

/**
 * The API's page: Swagger UI from the package, over the admin API's description and the gateway's. Neither holds
 * a secret, so the page needs no credential.
 */
export function docsRoutes({
  version,
  proxyUrl,
}: Pick<AdminContext, 'version' | 'proxyUrl'>): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/', (context) => {
      // Swagger UI draws its signs from data: addresses, and tries requests out at the proxy.
      const policy = { 'img-src': "'self' data:", 'connect-src': `'self' ${new URL(proxyUrl()).origin}` };
      context.header('content-security-policy', contentSecurityPolicy(policy));
      return serveFile(context, 'index.html');
    })
    .get('/gateway-openapi.json', async (context) => {
      // Loaded when somebody looks: it is of no use to the rest of the program.
      const { gatewayOpenapi } = await import('../../core/gateway-openapi/document.ts');
      context.header('cache-control', 'no-store');
      return context.json(gatewayOpenapi({ version, proxyUrl: proxyUrl() }));
    })
    .get('/:file', (context) => serveFile(context, context.req.param('file')));
}
