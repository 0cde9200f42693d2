import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Server as TlsServer } from 'node:tls';
import {
  type AnyServer,
  BindError,
  type Bound,
  bind,
  sharedUrlOf,
  unbind,
  urlOf,
  urlsOf,
} from './adapters/bind.ts';
import { portHolder } from './adapters/port-holder.ts';
import { readMostFiles } from './adapters/process-readings.ts';
import { readTlsFiles, tlsProblem, watchFiles } from './adapters/tls-files.ts';
import type { AdminContext } from './admin/admin-context.ts';
import { LiveFeedSockets } from './admin/live/live-feed-sockets.ts';
import { isLiveUpgrade, serveLiveFeed } from './admin/live/upgrade.ts';
import { loadedAtFirstUse, nodeListener } from './admin/node-listener.ts';
import { readRenderer } from './admin/renderer-files.ts';
import { loopbackOrigins } from './admin/same-origin.ts';
import type { SignIn } from './admin/sign-in.ts';
import { refuseUnparsed } from './admin/unparsed.ts';
import { type AppOptions, StartError } from './app-options.ts';
import type { System } from './contract/document.ts';
import { hostNamed } from './core/client-address.ts';
import { isConsoleExposed, isLocalListener } from './core/listener-rules.ts';
import type { Gateway } from './proxy/gateway.ts';
import { createListener } from './proxy/listener.ts';

const PROXY_PORT = 8001;
const CONSOLE_PORT = 8002;
const MAX_CONNECTIONS = 1_000;

/** Both listeners, bound. */
export interface Listeners {
  readonly proxy: Bound;
  readonly console: Bound;
  readonly proxyUrl: string;
  readonly sharedUrls: readonly string[];
  readonly consoleUrl: string;
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/** Where the proxy's listener is: for people, and for this program itself. */
export interface ProxyAddress extends Pick<AdminContext, 'proxyUrl' | 'proxyUrls'> {
  readonly ownUrl: () => string;
}

export interface ListenerContext {
  readonly options: AppOptions;
  readonly gateway: Gateway;
  /** @param proxy where the proxy's listener is, which is bound first */
  readonly admin: (proxy: ProxyAddress) => { readonly context: AdminContext; readonly signIn: SignIn };
}

type ListenerConfig = System['proxy'];

async function bindOrExplain(make: () => AnyServer, host: string, port: number): Promise<Bound> {
  try {
    return await bind(make, host, port);
  } catch (error) {
    if (!(error instanceof BindError)) throw error;
    if (error.code !== 'EADDRINUSE')
      throw new StartError(`cannot listen on ${host} port ${port}: ${error.code}`, { cause: error });
    const holder = await portHolder(port);
    const who = holder === null ? 'another program' : holder;
    throw new StartError(`port ${port} is in use by ${who}: choose another, or 0 for any free one`, {
      cause: error,
    });
  }
}

/** Serves a certificate that is renewed on disk without a restart. */
function renewing(bound: Bound, config: ListenerConfig, log: Gateway['log']): () => void {
  const { tls } = config ?? {};
  if (tls === undefined) return () => undefined;
  return watchFiles([tls.cert, tls.key], () => {
    // Certificate tools replace one file after the other; what cannot be used yet is looked at again when it changes.
    const problem = tlsProblem(tls);
    if (problem !== null) {
      log.warn(`the renewed certificate is not used yet, the old one stays: ${problem}`);
      return;
    }
    const context = readTlsFiles(tls);
    for (const server of bound.servers) if (server instanceof TlsServer) server.setSecureContext(context);
  });
}

async function openProxy({
  options,
  gateway,
}: ListenerContext): Promise<{ bound: Bound; notices: string[] }> {
  const config = gateway.snapshot.system.proxy;
  const host = options.host ?? config?.host ?? 'localhost';
  const mostDescriptors = await readMostFiles();
  const make = () =>
    createListener(gateway, {
      mostDescriptors,
      tls: config?.tls === undefined ? null : readTlsFiles(config.tls),
      maxConnections: () => gateway.snapshot.system.max_connections ?? MAX_CONNECTIONS,
    });
  const bound = await bindOrExplain(make, host, options.port ?? config?.port ?? PROXY_PORT);
  const open = !isLocalListener(host) && config?.tls === undefined && config?.behind_tls !== true;
  return { bound, notices: open ? [`the proxy listens on ${host} without TLS: keys travel readable`] : [] };
}

async function openConsole(
  context: ListenerContext,
  proxy: ProxyAddress,
): Promise<{ readonly bound: Bound; readonly liveFeed: LiveFeedSockets }> {
  const { options, gateway } = context;
  const config = gateway.snapshot.system.console;
  const host = options.consoleHost ?? config?.host ?? 'localhost';
  const secure = config?.tls !== undefined;
  if (isConsoleExposed(config, host)) {
    throw new StartError(
      `the console does not listen on ${host} without TLS: set system.console.tls or behind_tls`,
    );
  }
  const files = await readRenderer();
  let port = 0;
  const admin = context.admin(proxy);
  const liveFeed = new LiveFeedSockets({
    ...admin.context,
    isStillGood: (credential) => admin.signIn.isStillGood(credential),
  });
  const app = loadedAtFirstUse(async () => {
    const { consoleApp } = await import('./admin/console-app.ts');
    return consoleApp({
      ...admin,
      allowedOrigins: () => gateway.snapshot.system.console_origins ?? loopbackOrigins(port, secure),
      files,
      onFault: (error) =>
        gateway.log.error('the console failed', { stack: gateway.mask(error.stack ?? error.message) }),
    });
  });
  const make = (): AnyServer => {
    const listener = nodeListener(app);
    const server =
      config?.tls === undefined
        ? createServer({ shouldUpgradeCallback: isLiveUpgrade }, listener)
        : createTlsServer({ ...readTlsFiles(config.tls), shouldUpgradeCallback: isLiveUpgrade }, listener);
    server.on('clientError', refuseUnparsed);
    serveLiveFeed(server, app, liveFeed);
    return server;
  };
  const bound = await bindOrExplain(make, host, options.consolePort ?? config?.port ?? CONSOLE_PORT);
  port = bound.port;
  return { bound, liveFeed };
}

/** Where others reach a listener. */
const sharedUrls = (bound: Bound, secure: boolean): readonly string[] =>
  urlsOf(bound, secure).filter((url) => !isLocalListener(hostNamed(new URL(url).host) ?? ''));

/** A listener that shall have TLS never starts without. @throws StartError */
function refuseUnusable(name: 'proxy' | 'console', config: ListenerConfig): void {
  const problem = config?.tls === undefined ? null : tlsProblem(config.tls);
  if (problem !== null)
    throw new StartError(
      `the certificate of the ${name} ${problem}: correct system.${name}.tls, or the file`,
    );
}

/** Opens both listeners. @throws StartError with a line for people */
export async function openListeners(context: ListenerContext): Promise<Listeners> {
  const { log, snapshot } = context.gateway;
  const { system } = snapshot;
  refuseUnusable('proxy', system.proxy);
  refuseUnusable('console', system.console);
  const proxy = await openProxy(context);
  const isSecure = system.proxy?.tls !== undefined;
  const proxyUrl = urlOf(proxy.bound, isSecure);
  const sharedUrl = () => sharedUrlOf(proxy.bound, isSecure);
  const address = {
    proxyUrl: sharedUrl,
    proxyUrls: () => urlsOf(proxy.bound, isSecure),
    ownUrl: () => proxyUrl,
  };
  const { bound: consoleBound, liveFeed } = await openConsole(context, address).catch(
    async (error: unknown) => {
      await unbind(proxy.bound, true);
      throw error;
    },
  );
  const stops = [renewing(proxy.bound, system.proxy, log), renewing(consoleBound, system.console, log)];
  return {
    proxy: proxy.bound,
    console: consoleBound,
    proxyUrl,
    sharedUrls: sharedUrls(proxy.bound, isSecure),
    consoleUrl: urlOf(consoleBound, system.console?.tls !== undefined),
    notices: proxy.notices,
    close: async () => {
      for (const stop of stops) stop();
      await liveFeed.close();
      await Promise.all([unbind(proxy.bound, true), unbind(consoleBound, true)]);
    },
  };
}
