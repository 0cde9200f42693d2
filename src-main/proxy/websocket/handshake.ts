import type { Duplex } from 'node:stream';
import type { CompiledChannel } from '../../core/compiled-channel.ts';
import type { Identity } from '../../core/identity.ts';
import type { Operation } from '../../core/operation.ts';
import type { UpstreamCall } from '../../core/ports.ts';
import { responseHead } from '../../core/response-headers.ts';
import { noWebSocket } from '../../core/route.ts';
import type { UpgradeHandler } from '../../core/tunnel-ports.ts';
import { handshakeRequest, switchingHead } from '../../core/websocket/handshake-request.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { Forwarding } from '../stages/forward.ts';
import type { Rewritten } from '../stages/rewrite.ts';
import { targetOf } from '../upstreams.ts';
import type { ClientSide } from './client-side.ts';
import { Session } from './session.ts';

/** Clients of voice APIs give up after 5 s: connecting and the platform's answer together have this long. */
const HANDSHAKE_MS = 4_200;

/** Stage 9 for WebSockets: makes the handshake with the platform and, where it agrees, opens the session. */
export function shakeHands(
  exchange: Exchange,
  gateway: Gateway,
  channel: CompiledChannel,
  operation: Operation,
  identity: Identity,
  client: ClientSide,
): void {
  const place = channel.webSocket;
  if (place === null) throw noWebSocket(operation);
  new Handshaking(exchange, gateway, { ...channel, ...place }, operation, identity, client).attempt();
}

class Handshaking extends Forwarding implements UpgradeHandler {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #channel: CompiledChannel;
  readonly #identity: Identity;
  readonly #client: ClientSide;

  constructor(
    exchange: Exchange,
    gateway: Gateway,
    channel: CompiledChannel,
    operation: Operation,
    identity: Identity,
    client: ClientSide,
  ) {
    super(exchange, gateway, channel, operation, null, HANDSHAKE_MS);
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#channel = channel;
    this.#identity = identity;
    this.#client = client;
  }

  protected override open({ request, key }: Rewritten): UpstreamCall {
    const handshake = handshakeRequest(request, this.#channel, key);
    return this.#gateway.openTunnel(targetOf(this.#channel), handshake, this);
  }

  upgraded(raw: readonly string[], socket: Duplex, first: Uint8Array): void {
    const exchange = this.#exchange;
    if (exchange.recorded) {
      socket.destroy();
      return;
    }
    this.handOver();
    const { base } = this.#channel;
    const head = responseHead(raw, { base, self: '', ownCors: false, dropLength: true });
    head.headers.push('x-aiproxy-request-id', exchange.id);
    const early = this.#client.upgrade(Buffer.from(switchingHead(head.headers), 'latin1'));
    exchange.upgraded = true;
    exchange.firstByteMs = this.#gateway.clock.monotonicMs();
    const session = new Session(exchange, this.#gateway, this.#identity, this.#client.socket, socket);
    session.start(early, first);
  }
}
