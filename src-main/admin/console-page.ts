import type { Context } from 'hono';
import { refuse } from './console-error.ts';
import type { RendererFiles } from './renderer-files.ts';

/** What the page shows, written into its HTML so that it needs no credential to say it. */
export interface PageFacts {
  readonly version: string;
  readonly proxyUrl: string;
  /** RFC 3339. */
  readonly startedAt: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeAttribute = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');

/** Serves the built page and its assets, whose names change with their content. */
export function servePage(context: Context, files: RendererFiles, facts: PageFacts): Response {
  const path = context.req.path === '/' ? '/index.html' : context.req.path;
  const file = files.get(path);
  if (file === undefined) {
    const unbuilt = path === '/index.html' ? ' The page was not built: npm run build.' : '';
    return refuse(context, 'not_found', `There is nothing here.${unbuilt}`);
  }
  if (path === '/index.html') {
    context.header('cache-control', 'no-store');
    return context.html(fill(file.body.toString('utf8'), facts));
  }
  context.header('cache-control', 'public, max-age=31536000, immutable');
  context.header('content-type', file.type);
  return context.body(file.body);
}

function fill(html: string, { version, proxyUrl, startedAt }: PageFacts): string {
  return html
    .replace('data-version=""', () => `data-version="${escapeAttribute(version)}"`)
    .replace('data-proxy-url=""', () => `data-proxy-url="${escapeAttribute(proxyUrl)}"`)
    .replace('data-started-at=""', () => `data-started-at="${escapeAttribute(startedAt)}"`);
}
