import { lookup } from 'node:dns/promises';
import { request } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { checkAddress } from '../../core/network-policy.ts';
import { certificateOf, type SeenCertificate } from './certificate.ts';
import type { ChannelTarget } from './channel-target.ts';
import { type Phase, StepError, step, stepMs } from './step.ts';

/** What became of a try to reach a channel. Times in milliseconds, `null` where it did not get so far. */
export interface TargetTry {
  readonly addresses: readonly string[];
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly certificate: SeenCertificate | null;
  readonly answer: {
    readonly status: number;
    readonly ms: number;
    readonly location: string | null;
    readonly dateMs: number | null;
    /** When it came, epoch milliseconds. */
    readonly atMs: number;
  } | null;
  readonly failure: { readonly phase: Phase; readonly code: string } | null;
}

async function resolve({ hostname }: ChannelTarget, untilMs: number): Promise<string[]> {
  if (isIP(hostname) !== 0) return [hostname];
  const found = await step('resolve', stepMs(untilMs), lookup(hostname, { all: true }));
  return found.map(({ address }) => address);
}

function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    // The listener stays: a socket without one ends the process when it breaks later.
    socket.once(event, resolve).on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}

async function connectTo(
  target: ChannelTarget,
  addresses: readonly string[],
  untilMs: number,
): Promise<Socket> {
  const usable = addresses.map((address) => ({ address, family: isIP(address) }));
  const socket = connect({
    host: target.hostname,
    port: target.port,
    autoSelectFamily: true,
    lookup: (_name, { all }, callback) => {
      if (all === true) callback(null, usable);
      else callback(null, usable[0]?.address ?? '', usable[0]?.family);
    },
  });
  const limit = Math.min(stepMs(untilMs), target.connectTimeoutMs);
  await step('connect', limit, opened(socket, 'connect'), () => socket.destroy());
  return socket;
}

/** Shakes hands, and looks at the certificate even where it is not good. */
async function shakeHands(target: ChannelTarget, socket: Socket, untilMs: number): Promise<TLSSocket> {
  const isName = isIP(target.serverName) === 0;
  const secure = connectTls({
    socket,
    host: target.serverName,
    ...(isName ? { servername: target.serverName } : {}),
    // A bad certificate is what this looks for; nothing is sent to who shows one.
    rejectUnauthorized: false,
  });
  await step('tls', stepMs(untilMs), opened(secure, 'secureConnect'), () => secure.destroy());
  return secure;
}

/** A harmless request without credentials. */
function ask(target: ChannelTarget, socket: Socket): Promise<TargetTry['answer']> {
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const asking = request({
      createConnection: () => socket,
      method: 'HEAD',
      path: target.path,
      headers: {
        host: target.hostHeader,
        'user-agent': 'AIProxy-doctor',
        accept: '*/*',
        connection: 'close',
      },
    });
    asking.once('error', reject);
    asking.once('response', ({ statusCode = 0, headers }) => {
      const dateMs = Date.parse(headers.date ?? '');
      resolve({
        status: statusCode,
        ms: performance.now() - startedMs,
        location: headers.location ?? null,
        dateMs: Number.isNaN(dateMs) ? null : dateMs,
        atMs: Date.now(),
      });
      asking.destroy();
    });
    asking.end();
  });
}

/**
 * Goes where a channel lives as the gateway would, step by step, without a key. Never throws for what may be found.
 * @param isSelf whether an address is one of this AIProxy's own listeners
 * @param untilMs when it gives up, epoch milliseconds
 */
export async function tryTarget(
  target: ChannelTarget,
  isSelf: (address: string, port: number) => boolean,
  untilMs: number,
): Promise<TargetTry> {
  const found = { addresses: [] as string[], connectMs: null, tlsMs: null, certificate: null, answer: null };
  const progress: { -readonly [K in keyof TargetTry]: TargetTry[K] } = { ...found, failure: null };
  let socket: Socket | null = null;
  try {
    const addresses = await resolve(target, untilMs);
    progress.addresses = addresses;
    if (addresses.some((address) => isSelf(address, target.port))) throw new StepError('address', 'SELF');
    const usable = addresses.filter((address) => checkAddress(address, target.allowPrivate) === null);
    if (usable.length === 0) throw new StepError('address', 'REFUSED');
    let startedMs = performance.now();
    socket = await connectTo(target, usable, untilMs);
    progress.connectMs = performance.now() - startedMs;
    if (target.secure) {
      startedMs = performance.now();
      const secure = await shakeHands(target, socket, untilMs);
      socket = secure;
      progress.tlsMs = performance.now() - startedMs;
      progress.certificate = certificateOf(secure);
      if (progress.certificate.fault !== null) throw new StepError('tls', progress.certificate.fault);
    }
    progress.answer = await step('answer', stepMs(untilMs), ask(target, socket));
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    progress.failure = { phase: error.phase, code: error.code };
  } finally {
    socket?.destroy();
  }
  return progress;
}

/** Whether TLS is spoken where plain HTTP was tried. @param untilMs when it gives up, epoch milliseconds */
export async function speaksTls(
  target: ChannelTarget,
  addresses: readonly string[],
  untilMs: number,
): Promise<boolean> {
  let socket: Socket | null = null;
  try {
    socket = await connectTo(target, addresses, untilMs);
    socket = await shakeHands(target, socket, untilMs);
    return true;
  } catch (error) {
    if (error instanceof StepError) return false;
    throw error;
  } finally {
    socket?.destroy();
  }
}
