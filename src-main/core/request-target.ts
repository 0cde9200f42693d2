import { isLocalHost, plainAddress } from './client-address.ts';

/** An absolute-form target (RFC 9112 §3.2.2): scheme, authority, and what is left of it. */
const ABSOLUTE = /^(https?):\/\/([^/?#]*)(.*)$/i;
const PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** Where a connection has arrived. */
export interface ArrivedAt {
  readonly address: string | undefined;
  readonly port: number | undefined;
}

/** A target in origin form, and the host that it named. */
export interface OwnTarget {
  readonly target: string;
  readonly host: string;
}

/**
 * Reads an absolute-form target that names this very server: a name of this computer, or the address at which the
 * connection arrived, with its port. Where it names another one nothing is served for it.
 * @returns `null` for everything else
 */
export function ownAbsoluteTarget(target: string, at: ArrivedAt): OwnTarget | null {
  const [, scheme = '', authority = '', rest = ''] = ABSOLUTE.exec(target) ?? [];
  const [, host = '', port = PORTS[scheme.toLowerCase()]] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  if (Number(port) !== at.port || !namesUs(host, at.address)) return null;
  return { target: rest.startsWith('/') ? rest : `/${rest}`, host: authority };
}

function namesUs(host: string, address: string | undefined): boolean {
  if (isLocalHost(host)) return true;
  return (
    address !== undefined &&
    host.replace(/^\[|\]$/g, '').toLowerCase() === plainAddress(address).toLowerCase()
  );
}
