import { nearestName } from '../../core/nearest-name.ts';
import { checkAddress } from '../../core/network-policy.ts';
import type { SeenCertificate } from './certificate.ts';
import type { ChannelTarget } from './channel-target.ts';
import type { TargetTry } from './try-target.ts';

/** What a try comes to: how bad, what, and what to do. */
export interface Verdict {
  readonly severity: 'ok' | 'warning' | 'error';
  readonly found: string;
  readonly remedy: string | null;
}

const DAY_MS = 86_400_000;
const FEW_DAYS = 14;
const SLOW_MS = 1_500;

const error = (found: string, remedy: string): Verdict => ({ severity: 'error', found, remedy });
const warning = (found: string, remedy: string): Verdict => ({ severity: 'warning', found, remedy });
const ms = (time: number): string => `${Math.round(time)} ms`;
const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

function unresolved({ hostname }: ChannelTarget, code: string, knownHosts: readonly string[]): Verdict {
  const nearest = nearestName(hostname, knownHosts);
  if (code === 'EAI_AGAIN' || code === 'ETIMEDOUT')
    return error(
      `the name resolver does not answer for ${hostname}`,
      'Check the network and /etc/resolv.conf.',
    );
  return error(
    `${hostname} has no address (${code})`,
    nearest === null || nearest === hostname
      ? "Correct the name in the channel's base_url, or the computer's name resolution."
      : `Did you mean ${nearest}? Correct the channel's base_url.`,
  );
}

function forbidden({ hostname, allowPrivate }: ChannelTarget, { addresses, failure }: TargetTry): Verdict {
  if (failure?.code === 'SELF')
    return error(
      'the channel points at this AIProxy itself: requests would run in circles',
      'Write the address of the platform, or of the central key service, into base_url.',
    );
  const why = checkAddress(addresses[0] ?? '', allowPrivate) ?? `${hostname} has no address`;
  return error(
    `the address is not allowed: ${why}`,
    why.includes('allow_private')
      ? 'Set allow_private: true on the channel if that is where it lives; else correct base_url or the name resolution.'
      : 'Correct base_url, or the name resolution, which may have been tampered with.',
  );
}

const CONNECT_REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Start the server that should listen there, or correct the port in base_url.',
  ETIMEDOUT:
    'Check the firewall: packets to this address are dropped, or it must be reached through a proxy.',
  EHOSTUNREACH: 'Check the network and its routes.',
  ENETUNREACH: 'Check the network and its routes.',
};

const CONNECT_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ETIMEDOUT: 'no answer to connect',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'the network cannot be reached',
};

function unconnected({ hostname, port }: ChannelTarget, code: string): Verdict {
  return error(
    `${hostname} port ${port}: ${CONNECT_WORDS[code] ?? code}`,
    CONNECT_REMEDIES[code] ?? 'Check address, port and network.',
  );
}

const TRUST =
  'If it is your own authority, start AIProxy with NODE_EXTRA_CA_CERTS=its-certificate.pem; otherwise somebody stands between you and the platform.';

function badCertificate(
  { serverName }: ChannelTarget,
  { fault, validFromMs, validUntilMs, issuer }: SeenCertificate,
): Verdict {
  switch (fault) {
    case 'CERT_HAS_EXPIRED':
      return error(
        `the certificate expired on ${dayOf(validUntilMs)}`,
        "Renew it on the server; check this computer's clock.",
      );
    case 'CERT_NOT_YET_VALID':
      return error(
        `the certificate is valid from ${dayOf(validFromMs)} only`,
        "Check this computer's clock.",
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return error(
        `the certificate is not for ${serverName}`,
        'Correct base_url, or set host on the channel to a name that the certificate has.',
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return error(`the certificate is self-signed (by ${issuer})`, TRUST);
    default:
      return error(`the certificate cannot be verified (${fault}; issued by ${issuer})`, TRUST);
  }
}

const NOT_TLS = new Set(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']);

function handshakeFailed({ port }: ChannelTarget, code: string): Verdict {
  if (NOT_TLS.has(code))
    return error(
      `port ${port} does not speak TLS (${code})`,
      'Write http: in base_url if that is meant, or correct the port.',
    );
  return error(
    `the TLS handshake failed (${code})`,
    'Check base_url and whatever stands between: a firewall that looks into TLS?',
  );
}

function addressed(hostname: string, addresses: readonly string[]): string {
  const [first = ''] = addresses;
  if (first === hostname) return hostname;
  return `${hostname} (${first}${addresses.length > 1 ? ` and ${addresses.length - 1} more` : ''})`;
}

/** The way to an answer in one line. */
function wayOf(
  { hostname }: ChannelTarget,
  tried: TargetTry,
  status: number,
  daysLeft: number | null,
): string {
  const { addresses, connectMs, tlsMs, certificate, answer } = tried;
  return [
    addressed(hostname, addresses),
    `connected in ${ms(connectMs ?? 0)}`,
    ...(tlsMs === null ? [] : [`TLS in ${ms(tlsMs)}`]),
    ...(daysLeft === null ? [] : [`certificate by ${certificate?.issuer}, ${daysLeft} days left`]),
    `answered ${status} after ${ms(answer?.ms ?? 0)}`,
  ].join(', ');
}

/** What is not as it should be though there was an answer, as a remedy; `null`: nothing. */
function doubtAbout(
  { secure }: ChannelTarget,
  { addresses, connectMs, tlsMs }: TargetTry,
  status: number,
  daysLeft: number | null,
): string | null {
  const isPublic = addresses.some((address) => checkAddress(address, false) === null);
  if (status === 407) return 'A proxy on the way asks for a password: ask who runs the network.';
  if (status >= 500) return 'The platform has trouble: see its status page, and try again later.';
  if (daysLeft !== null && daysLeft < FEW_DAYS) return 'Have the certificate renewed in time.';
  if (!secure && isPublic) return 'Write https: in base_url: without TLS the API key travels readable.';
  if ((connectMs ?? 0) + (tlsMs ?? 0) > SLOW_MS)
    return 'The way there is slow: check the network, or use a nearer address of the platform.';
  return null;
}

/** Where an answer sends plain HTTP on to TLS; `null`: it does not. */
function movedTo(status: number, location: string | null): string | null {
  if (status < 300 || status > 399 || location === null || !URL.canParse(location)) return null;
  const { protocol, origin } = new URL(location);
  return protocol === 'https:' ? origin : null;
}

function answered(target: ChannelTarget, tried: TargetTry, nowMs: number): Verdict {
  const { certificate, answer } = tried;
  const { status = 0, location = null } = answer ?? {};
  const moved = target.secure ? null : movedTo(status, location);
  if (moved !== null) return error(`it sends http on to ${moved}`, 'Write https: in base_url.');
  const daysLeft = certificate === null ? null : Math.floor((certificate.validUntilMs - nowMs) / DAY_MS);
  const found = wayOf(target, tried, status, daysLeft);
  const doubt = doubtAbout(target, tried, status, daysLeft);
  return doubt === null ? { severity: 'ok', found, remedy: null } : warning(found, doubt);
}

/**
 * What a try means for whoever runs AIProxy.
 * @param spokeTls whether TLS is spoken where plain HTTP was not answered
 * @param knownHosts names that may have been meant
 */
export function judgeTarget(
  target: ChannelTarget,
  tried: TargetTry,
  spokeTls: boolean,
  knownHosts: readonly string[],
  nowMs: number,
): Verdict {
  const { failure, certificate } = tried;
  if (spokeTls)
    return error(`port ${target.port} speaks TLS, and base_url says http:`, 'Write https: in base_url.');
  if (failure === null) return answered(target, tried, nowMs);
  const { phase, code } = failure;
  switch (phase) {
    case 'resolve':
      return unresolved(target, code, knownHosts);
    case 'address':
      return forbidden(target, tried);
    case 'connect':
      return unconnected(target, code);
    case 'tls':
      return certificate === null ? handshakeFailed(target, code) : badCertificate(target, certificate);
    case 'answer':
      return error(
        code === 'ETIMEDOUT' ? 'no answer to HTTP in time' : `no answer to HTTP (${code})`,
        'Check base_url: something else than a web server may live there.',
      );
  }
}
