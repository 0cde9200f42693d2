import { lookup } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { checkAddress } from '../../core/network-policy.ts';
import type { Clock, UpstreamTarget } from '../../core/ports.ts';

/** An address that a channel may not have: found when it is connected to, whatever its name resolved to before. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/** Nothing answered in time. */
export class ConnectTimeout extends Error {
  override readonly name = 'ConnectTimeout';
}

/** Whether an address and port are one of this program's own listeners. */
export type IsSelf = (address: string, port: number) => boolean;

function refusal(address: string, port: number, target: UpstreamTarget, isSelf: IsSelf): string | null {
  if (isSelf(address, port)) return 'it is this AIProxy itself';
  return checkAddress(address, target.allowPrivate);
}

/** Resolves names, leaving out addresses that the channel may not have. */
function guardedLookup(target: UpstreamTarget, port: number, isSelf: IsSelf): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, [], undefined);
        return;
      }
      const allowed = found.filter(({ address }) => refusal(address, port, target, isSelf) === null);
      const [first] = allowed;
      if (first === undefined) {
        const reason = refusal(found[0]?.address ?? '', port, target, isSelf);
        callback(new RefusedAddress(reason ?? 'the name has no address'), [], undefined);
      } else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

const portOf = (origin: URL): number => Number(origin.port) || (origin.protocol === 'https:' ? 443 : 80);

const withoutBrackets = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** Opens connections for one target, within its time and only to addresses it may have. */
export function connectorFor(target: UpstreamTarget, clock: Clock, isSelf: IsSelf): buildConnector.connector {
  const origin = new URL(target.origin);
  const port = portOf(origin);
  const open = buildConnector({
    allowH2: false,
    timeout: 0,
    ...(target.serverName === null ? {} : { servername: target.serverName }),
    lookup: guardedLookup(target, port, isSelf),
    keepAlive: true,
    noDelay: true,
  });
  return (options, callback) => {
    const literal = withoutBrackets(origin.hostname);
    const reason = isIP(literal) === 0 ? null : refusal(literal, port, target, isSelf);
    if (reason !== null) callback(new RefusedAddress(reason), null);
    else openInTime(open, options, target.connectTimeoutMs, clock, callback);
  };
}

function openInTime(
  open: buildConnector.connector,
  options: buildConnector.Options,
  timeoutMs: number,
  clock: Clock,
  callback: buildConnector.Callback,
): void {
  let socket: Socket | undefined;
  const cancel = clock.after(timeoutMs, () => socket?.destroy(new ConnectTimeout('no answer')));
  const settle: buildConnector.Callback = (...result) => {
    cancel();
    callback(...result);
  };
  // The connector returns the socket it is opening, which its type does not say.
  const opening: unknown = Reflect.apply(open, undefined, [options, settle]);
  if (isSocket(opening)) socket = opening;
}

const isSocket = (value: unknown): value is Socket =>
  typeof value === 'object' && value !== null && 'destroy' in value && typeof value.destroy === 'function';
