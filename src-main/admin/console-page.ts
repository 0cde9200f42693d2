import type { Context } from 'hono';
import { refuse } from './console-error.ts';
import type { RendererFile, RendererFiles } from './renderer-files.ts';

/** What the page shows, written into its HTML so that it needs no credential to say it. */
export interface PageFacts {
  readonly version: string;
  readonly proxyUrl: string;
  /** RFC 3339. */
  readonly startedAt: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeAttribute = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');

const INDEX = '/index.html';
/** What the build names after its content. */
const ASSETS = '/assets/';

/** Serves the built page, under every address that its router knows, and its files. */
export function servePage(context: Context, files: RendererFiles, facts: PageFacts): Response {
  const { path } = context.req;
  const file = files.get(path);
  if (path === '/' || path === INDEX || (file === undefined && isNavigation(context))) {
    return serveIndex(context, files.get(INDEX), facts);
  }
  return file === undefined
    ? refuse(context, 'not_found', 'There is nothing here.')
    : serveFile(context, file, path.startsWith(ASSETS));
}

/** Whether a browser asks for a page to show; a script or a picture that is missing stays missing. */
const isNavigation = ({ req }: Context): boolean => takes(req.header('accept'), 'text/html');

function serveIndex(context: Context, index: RendererFile | undefined, facts: PageFacts): Response {
  if (index === undefined) {
    return refuse(context, 'not_found', 'There is nothing here. The page was not built: npm run build.');
  }
  context.header('cache-control', 'no-store');
  return context.html(fill(index.body.toString('utf8'), facts));
}

function serveFile(context: Context, { type, body, brotli }: RendererFile, isAsset: boolean): Response {
  context.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
  context.header('content-type', type);
  if (brotli === undefined) return context.body(body);
  context.header('vary', 'accept-encoding');
  if (!takes(context.req.header('accept-encoding'), 'br')) return context.body(body);
  context.header('content-encoding', 'br');
  return context.body(brotli);
}

/** Whether a list of preferences names this, and not only to refuse it (RFC 9110 §12.4.2). */
function takes(list: string | undefined, name: string): boolean {
  const entries = list?.split(',').map((entry) => entry.split(';').map((part) => part.trim().toLowerCase()));
  const entry = entries?.find(([listed]) => listed === name);
  if (entry === undefined) return false;
  const weight = entry.find((parameter) => parameter.startsWith('q='));
  return weight === undefined || Number(weight.slice('q='.length)) > 0;
}

function fill(html: string, { version, proxyUrl, startedAt }: PageFacts): string {
  return html
    .replace('data-version=""', () => `data-version="${escapeAttribute(version)}"`)
    .replace('data-proxy-url=""', () => `data-proxy-url="${escapeAttribute(proxyUrl)}"`)
    .replace('data-started-at=""', () => `data-started-at="${escapeAttribute(startedAt)}"`);
}
