import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type CleanUp, createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import type { StandIn } from '../support/stand-in.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { startTap, type Tap } from '../support/tap.ts';

/** The ways from an SDK to a platform that every test goes. */
export const ROUTES = ['straight to the platform', 'through AIProxy', 'through two AIProxies'] as const;
export type RouteKind = (typeof ROUTES)[number];

/** What a client's own gateway knows, and what only the central one does. */
const LOCAL_KEY = 'pk-local-key-of-the-developer';
const CENTRAL_KEY = 'pk-central-key-of-the-developer';

/** One gateway on the way, and what its request log should say of us. */
export interface Hop {
  readonly gateway: Gateway;
  readonly user: string;
  readonly keyId: string;
  readonly channel: string;
  /** How many lines of its request log were looked at. */
  readLines: number;
}

/** An open way from a client to a stand-in. */
export interface Route<S extends StandIn> {
  readonly standIn: S;
  /** What an SDK is pointed at, and the key it is given. */
  readonly baseUrl: string;
  readonly key: string;
  /** The nearest to the client first. */
  readonly hops: readonly Hop[];
  /** Keys that must never arrive at the platform. */
  readonly proxyKeys: readonly string[];
  /** The wire between the two gateways, where there are two. */
  readonly wire: Tap | null;
}

async function centralHop(cleanUp: CleanUp, platform: string, standIn: StandIn, key: string): Promise<Hop> {
  const document = aDocument({
    users: { dev: aUser() },
    proxy_keys: { 'dev-key': aKey('dev', key) },
    channels: { platform: aChannel(platform, standIn.url, standIn.apiKey) },
  });
  const gateway = cleanUp.closing(await startGateway(document));
  return { gateway, user: 'dev', keyId: 'dev-key', channel: 'platform', readLines: 0 };
}

async function localHop(cleanUp: CleanUp, wire: Tap): Promise<Hop> {
  const document = aDocument({
    users: { me: aUser() },
    proxy_keys: { 'my-key': aKey('me', LOCAL_KEY) },
    channels: { central: aChannel('aiproxy', wire.url, CENTRAL_KEY) },
  });
  const gateway = cleanUp.closing(await startGateway(document));
  return { gateway, user: 'me', keyId: 'my-key', channel: 'central', readLines: 0 };
}

async function openRoute<S extends StandIn>(
  cleanUp: CleanUp,
  kind: RouteKind,
  platform: string,
  start: () => Promise<S>,
): Promise<Route<S>> {
  const standIn = cleanUp.closing(await start());
  if (kind === 'straight to the platform') {
    return { standIn, baseUrl: standIn.url, key: standIn.apiKey, hops: [], proxyKeys: [], wire: null };
  }
  const central = await centralHop(cleanUp, platform, standIn, CENTRAL_KEY);
  if (kind === 'through AIProxy') {
    const baseUrl = central.gateway.proxyUrl;
    return { standIn, baseUrl, key: CENTRAL_KEY, hops: [central], proxyKeys: [CENTRAL_KEY], wire: null };
  }
  const wire = cleanUp.closing(await startTap(central.gateway.port));
  const local = await localHop(cleanUp, wire);
  return {
    standIn,
    baseUrl: local.gateway.proxyUrl,
    key: LOCAL_KEY,
    hops: [local, central],
    proxyKeys: [LOCAL_KEY, CENTRAL_KEY],
    wire,
  };
}

/** Opens a route for the tests of the enclosing `describe`, and closes it after them. */
export function useRoute<S extends StandIn>(
  kind: RouteKind,
  platform: string,
  start: () => Promise<S>,
): () => Route<S> {
  const cleanUp = createCleanUp();
  let route: Route<S> | null = null;
  beforeAll(async () => {
    route = await openRoute(cleanUp, kind, platform, start);
  });
  // What a failed test left unread must not fail the next one.
  beforeEach(async () => {
    route?.standIn.passOver();
    for (const hop of route?.hops ?? []) {
      const { total_requests } = await hop.gateway.stats();
      hop.readLines = (await hop.gateway.lines(total_requests)).length;
    }
  });
  afterAll(cleanUp.run);
  return () => {
    if (route === null) throw new Error('the route is open only while its tests run');
    return route;
  };
}
