import type { Server } from 'node:net';
import { networkInterfaces } from 'node:os';

/** A server of node:http or node:https, whatever its requests and responses are. */
export interface AnyServer extends Server {
  closeAllConnections(): void;
  closeIdleConnections(): void;
}

/** Servers that listen on one port at the addresses a host name stands for. */
export interface Bound {
  readonly servers: readonly AnyServer[];
  readonly addresses: readonly string[];
  readonly port: number;
}

/** A port that is taken, or an address this computer does not have. */
export class BindError extends Error {
  override readonly name = 'BindError';
  readonly code: string;
  readonly host: string;
  readonly port: number;

  constructor(code: string, host: string, port: number, cause: unknown) {
    super(`cannot listen on ${host} port ${port}: ${code}`, { cause });
    this.code = code;
    this.host = host;
    this.port = port;
  }
}

/** How often another free port is tried where the first one is free at one address only. */
const FREE_PORT_TRIES = 20;

/**
 * `localhost` is both loopback addresses: many systems resolve it to `::1` first, and a program that took
 * the one we leave free would be handed keys.
 */
const addressesOf = (host: string): readonly string[] =>
  host === 'localhost' ? ['127.0.0.1', '::1'] : [host];

const isCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof BindError && codes.includes(error.code);

function listen(server: AnyServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      reject(new BindError(error.code ?? 'EUNKNOWN', host, port, error));
    server.once('error', failed);
    server.listen({ host, port, backlog: 4096, ipv6Only: host.includes(':') }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function bindOnce(make: () => AnyServer, addresses: readonly string[], port: number): Promise<Bound> {
  const servers: AnyServer[] = [];
  const bound: string[] = [];
  let chosen = port;
  try {
    for (const address of addresses) {
      const server = make();
      try {
        chosen = await listen(server, address, chosen);
      } catch (error) {
        // A computer without IPv6 has no ::1 that somebody else could take.
        if (bound.length > 0 && isCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) continue;
        throw error;
      }
      servers.push(server);
      bound.push(address);
    }
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
  return { servers, addresses: bound, port: chosen };
}

/**
 * Listens at every address of a host.
 * @param host an address, or `localhost` for both loopback addresses
 * @param port 0 picks one that is free at all of them
 * @throws BindError
 */
export async function bind(make: () => AnyServer, host: string, port: number): Promise<Bound> {
  const addresses = addressesOf(host);
  for (let tries = 1; ; tries += 1) {
    try {
      return await bindOnce(make, addresses, port);
    } catch (error) {
      if (port !== 0 || tries >= FREE_PORT_TRIES || !isCode(error, 'EADDRINUSE')) throw error;
    }
  }
}

/** Stands for every address of its family that this computer has. */
const isUnspecified = (address: string): boolean => address === '0.0.0.0' || address === '::';

const urlAt = (address: string, port: number, secure: boolean): string =>
  `${secure ? 'https' : 'http'}://${address.includes(':') ? `[${address}]` : address}:${port}`;

/** How the first address is written in a URL; where it stands for all addresses, the one that is always there. */
export function urlOf({ addresses, port }: Bound, secure: boolean): string {
  const [address = '127.0.0.1'] = addresses;
  return urlAt(isUnspecified(address) ? '127.0.0.1' : address, port, secure);
}

type Interfaces = ReturnType<typeof networkInterfaces>;

/** What `0.0.0.0` or `::` stands for, loopback first; without addresses of one link, which are none elsewhere. */
function ownAddresses(unspecified: string, interfaces: Interfaces): string[] {
  const family = unspecified === '::' ? 'IPv6' : 'IPv4';
  return Object.values(interfaces)
    .flatMap((own = []) => own.filter((entry) => entry.family === family && !(entry.scopeid ?? 0)))
    .toSorted((one, other) => Number(other.internal) - Number(one.internal))
    .map(({ address }) => address);
}

/** Every URL under which it can be reached. @param interfaces of this computer, asked when it is called */
export function urlsOf(
  { addresses, port }: Pick<Bound, 'addresses' | 'port'>,
  secure: boolean,
  interfaces: Interfaces = networkInterfaces(),
): readonly string[] {
  const all = addresses.flatMap((address) =>
    isUnspecified(address) ? ownAddresses(address, interfaces) : [address],
  );
  return all.map((address) => urlAt(address, port, secure));
}

const LOOPBACK = /^(?:127\.|\[?::1\]?$)/;
/** Links of containers and virtual machines, whose addresses other computers do not reach. */
const VIRTUAL = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap)/;

/** The URL to hand to people: where it listens at all addresses, one that other computers reach, if there is any. */
export function sharedUrlOf(
  bound: Pick<Bound, 'addresses' | 'port'>,
  secure: boolean,
  interfaces: Interfaces = networkInterfaces(),
): string {
  const [address = '127.0.0.1'] = bound.addresses;
  if (!isUnspecified(address)) return urlAt(address, bound.port, secure);
  const names = Object.keys(interfaces).toSorted(
    (one, other) => Number(VIRTUAL.test(one)) - Number(VIRTUAL.test(other)),
  );
  const ordered = Object.fromEntries(names.map((name) => [name, interfaces[name]]));
  const [shared = '127.0.0.1'] = ownAddresses(address, ordered).filter((own) => !LOOPBACK.test(own));
  return urlAt(shared, bound.port, secure);
}

/** Stops listening; what is connected may finish until `closeAll`. */
export async function unbind({ servers }: Bound, closeAll: boolean): Promise<void> {
  const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
  for (const server of servers) {
    if (closeAll) server.closeAllConnections();
    else server.closeIdleConnections();
  }
  await Promise.all(closed);
}
