import type { System } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import { hostNamed, isFromThisComputer } from '../../core/client-address.ts';
import { matchesCidr, parseAddress } from '../../core/ip-address.ts';
import { METRICS_TYPE } from '../../core/metrics/metric-family.ts';
import { statsAnswer } from '../../core/statistics.ts';
import { answer, answerError, toProxyError } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { dashboardPage } from './dashboard-page.ts';
import { dashboardLanguage } from './dashboard-texts.ts';
import { FAVICON } from './favicon.ts';
import { metricsPage } from './metrics-page.ts';

type Page = (exchange: Exchange, gateway: Gateway) => void;

const NO_STORE = ['cache-control', 'no-store'] as const;
const JSON_TYPE = 'application/json; charset=utf-8';

const alive: Page = (exchange) => answer(exchange, 200, JSON_TYPE, '{"status":"ok"}', NO_STORE);

const ready: Page = (exchange, gateway) => {
  if (!gateway.draining && !gateway.paused) return alive(exchange, gateway);
  const status = gateway.draining ? 'draining' : 'paused';
  answer(exchange, 503, JSON_TYPE, JSON.stringify({ status }), [...NO_STORE, 'retry-after', '5']);
};

const stats: Page = (exchange, gateway) => {
  refuseStranger(exchange, exchange.snapshot.system.internal_allow?.stats);
  refuseForeignHost(exchange);
  refusePage(exchange);
  const subject = { version: gateway.version, document: exchange.snapshot.document };
  answer(
    exchange,
    200,
    JSON_TYPE,
    JSON.stringify(statsAnswer(gateway.totals, subject, exchange.time)),
    NO_STORE,
  );
};

const dashboard: Page = (exchange) => {
  refuseStranger(exchange, exchange.snapshot.system.internal_allow?.dashboard);
  refuseForeignHost(exchange);
  const { query, req } = exchange;
  const { html, csp } = dashboardPage(dashboardLanguage(query, req.headers['accept-language'] ?? ''));
  answer(exchange, 200, 'text/html; charset=utf-8', html, [...NO_STORE, 'content-security-policy', csp]);
};

const favicon: Page = (exchange) =>
  answer(exchange, 200, 'image/svg+xml', FAVICON, ['cache-control', 'max-age=86400']);

const metrics: Page = (exchange, gateway) => {
  refuseStranger(exchange, exchange.snapshot.system.internal_allow?.metrics ?? []);
  refuseForeignHost(exchange);
  refusePage(exchange);
  metricsPage(gateway).then(
    (text) => answer(exchange, 200, METRICS_TYPE, text, NO_STORE),
    (error: unknown) => answerError(exchange, toProxyError(error)),
  );
};

/** The gateway's own addresses: no Proxy-Key, never counted, never forwarded. */
const PAGES: ReadonlyMap<string, Page> = new Map([
  ['/', alive],
  ['/health', alive],
  ['/ready', ready],
  ['/stats', stats],
  ['/dashboard', dashboard],
  ['/metrics', metrics],
  ['/favicon.ico', favicon],
]);

/** @param allowed address ranges; left out, everyone */
function refuseStranger(exchange: Exchange, allowed: readonly string[] | undefined): void {
  if (allowed === undefined || allowed.some((range) => matchesCidr(exchange.client, range))) return;
  if (isFromThisComputer(exchange.req.socket.remoteAddress ?? '', exchange.head)) return;
  throw new ProxyError('ip_not_allowed', 'this page is not for your address');
}

/** A page of another origin is shown to somebody who may see this, and is not allowed to read it. */
function refusePage({ head }: Exchange): void {
  if (head.crossSite || (head.origin !== null && !isOriginOf(head.origin, head.host)))
    throw new ProxyError('origin_not_allowed', 'this address is not for pages of other origins');
}

/** Whether this is the origin of what is addressed by this `Host`. */
const isOriginOf = (origin: string, host: string | null): boolean =>
  host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();

/**
 * A page whose own name was made to resolve to this computer (DNS rebinding) reads what it likes, under that name.
 * Nobody can do so with an address, nor with a name without dots; other names count where the configuration knows them.
 */
function refuseForeignHost({ head, snapshot }: Exchange): void {
  const named = head.host === null ? null : hostNamed(head.host);
  if (named === null || isOwnName(named) || namesOf(snapshot.system).includes(named.toLowerCase())) return;
  throw new ProxyError(
    'origin_not_allowed',
    `this address is not for the host name ${named}: add its origin to cors_origins or console_origins`,
  );
}

const isOwnName = (name: string): boolean =>
  parseAddress(name) !== null || !name.replace(/\.$/, '').includes('.');

/** Host names by which the configuration says this computer is reached. */
function namesOf({ console_origins: own = [], cors_origins: pages, proxy }: System): readonly string[] {
  const allowed = proxy?.cors_origins ?? pages ?? [];
  return [...own, ...(allowed === '*' ? [] : allowed)]
    .filter((origin) => URL.canParse(origin))
    .map((origin) => new URL(origin).hostname);
}

/** Answers a request for one of the gateway's own addresses. @returns whether it was one */
export function answerInternally(exchange: Exchange, gateway: Gateway): boolean {
  const page = PAGES.get(exchange.path);
  if (page === undefined) return false;
  try {
    const { method } = exchange.req;
    if (method !== 'GET' && method !== 'HEAD')
      throw new ProxyError('method_not_allowed', 'this address is only read');
    page(exchange, gateway);
  } catch (error) {
    answerError(exchange, toProxyError(error));
  }
  return true;
}
