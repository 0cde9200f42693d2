import type { IncomingMessage } from 'node:http';
import { ProxyError } from '../contract/errors.ts';
import { clientAddress } from '../core/client-address.ts';
import type { CompiledChannel } from '../core/compiled-channel.ts';
import type { Identity } from '../core/identity.ts';
import { modelsInQuery } from '../core/model-name.ts';
import type { Operation } from '../core/operation.ts';
import { type RequestHead, readHead } from '../core/request-head.ts';
import { noWebSocket, route } from '../core/route.ts';
import { asksForWebSocket, handshakeFault, isHandshake } from '../core/websocket/handshake-request.ts';
import type { ClientConnection } from './connections/client-connection.ts';
import { answerPreflight, isPreflight } from './cors.ts';
import { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { GatewayRequest } from './gateway-request.ts';
import type { GatewayResponse } from './gateway-response.ts';
import { answerInternally } from './internal/internal.ts';
import { admit } from './stages/admission.ts';
import { type AfterBody, readBody } from './stages/body.ts';
import { followIds } from './stages/bound-ids.ts';
import { fail } from './stages/fail.ts';
import { forward } from './stages/forward.ts';
import { gate } from './stages/gate.ts';
import { guard } from './stages/guard.ts';
import { findCredential, identify } from './stages/identity.ts';
import { readModel } from './stages/model.ts';
import { findOperation, takeChannelChoice } from './stages/operation.ts';
import { record } from './stages/record.ts';
import { admitSession } from './stages/session-admission.ts';
import type { ClientSide } from './websocket/client-side.ts';
import { shakeHands } from './websocket/handshake.ts';

/** What the `Expect` of a request asks for (RFC 9110 §10.1.1). */
export type Expects = 'nothing' | 'continue' | 'unknown';

export interface Arrival {
  readonly expects: Expects;
  readonly connection: ClientConnection;
  /** It came behind an unanswered request and asks for another protocol: nothing behind its head can be read. */
  readonly isRestLost: boolean;
}

function exchangeOf(
  gateway: Gateway,
  req: IncomingMessage,
  res: GatewayResponse,
  arrival: Arrival,
): Exchange {
  const { snapshot, clock, ids } = gateway;
  const head = readHead(req.rawHeaders);
  return new Exchange(req, res, {
    snapshot,
    id: ids(),
    time: clock.now(),
    startedMs: clock.monotonicMs(),
    head,
    client: clientAddress(req.socket.remoteAddress ?? '', head, snapshot.system.trusted_proxies),
    expectsContinue: arrival.expects === 'continue',
  });
}

/** The whole life of a request: credential, identity, operation, gate, body, admission, route, rewrite, forward, meter, record. */
export function serve(
  gateway: Gateway,
  req: IncomingMessage,
  res: GatewayResponse,
  arrival: Arrival,
  client: ClientSide | null = null,
): void {
  gateway.crowd.ask(arrival.connection.place);
  const exchange = exchangeOf(gateway, req, res, arrival);
  try {
    guard(exchange);
    if (answerInternally(exchange, gateway)) return;
    if (isPreflight(exchange)) {
      answerPreflight(exchange);
      return;
    }
    watch(exchange, res, gateway);
    takeChannelChoice(exchange);
    findCredential(exchange);
    findOperation(exchange);
    refuseArrival(arrival, res);
    refuseWhenStopping(gateway);
    const identity = admitted(exchange, gateway);
    takeSeat(gateway, arrival.connection);
    if (client !== null) openSession(exchange, gateway, identity, client);
    else {
      refuseUpgrade(exchange);
      readBody(exchange, gateway, identity, AFTER_BODY);
    }
  } catch (error) {
    fail(exchange, gateway, error);
  }
}

/** The second half for WebSockets: the model stands in the query, or in messages that are looked at later. */
function openSession(exchange: Exchange, gateway: Gateway, identity: Identity, client: ClientSide): void {
  const { operation, head, req } = exchange;
  if (operation === null) return;
  const fault = handshakeFault(req.httpVersion, req.rawHeaders);
  if (fault !== null) throw new ProxyError('bad_request', fault);
  if (!isHandshake(req.rawHeaders) || hasBody(head)) {
    throw new ProxyError('websocket_not_supported', 'this is no WebSocket handshake of version 13');
  }
  exchange.model = operation.model ?? modelsInQuery(exchange.query)[0] ?? null;
  if (operation.ids !== null) followIds(exchange, gateway, operation.ids, identity, null);
  admitSession(exchange, identity);
  const channel = chosenChannel(exchange, operation, identity, true);
  shakeHands(exchange, gateway, channel, operation, identity, client);
}

/** Who asks, and that they may come in. */
function admitted(exchange: Exchange, gateway: Gateway): Identity {
  const identity = identify(exchange, gateway);
  exchange.identity = identity;
  exchange.allowedUntilMs = identity.expiresAtMs;
  gate(exchange, identity, gateway.clock.now());
  return identity;
}

/** The same once the body is there: it may have taken long, and the configuration may be another one. */
function permitted(exchange: Exchange, gateway: Gateway): Identity {
  if (exchange.snapshot === gateway.snapshot && exchange.identity !== null) return exchange.identity;
  exchange.snapshot = gateway.snapshot;
  return admitted(exchange, gateway);
}

const AFTER_BODY: AfterBody = {
  ready(exchange, gateway) {
    try {
      if (!exchange.recorded) dispatch(exchange, gateway, permitted(exchange, gateway));
    } catch (error) {
      fail(exchange, gateway, error);
    }
  },
  failed: fail,
};

/** The second half, when as much of the body is at hand as the decision needs. */
function dispatch(exchange: Exchange, gateway: Gateway, identity: Identity): void {
  const { operation } = exchange;
  if (operation === null) return;
  const members = readModel(exchange, identity);
  admit(exchange, identity);
  if (operation.ids !== null) followIds(exchange, gateway, operation.ids, identity, members);
  const channel = chosenChannel(exchange, operation, identity, false);
  refuseLarge(exchange, channel.maxBody);
  forward(exchange, gateway, channel, operation, members);
}

/** Stage 7: where it goes. */
function chosenChannel(
  exchange: Exchange,
  operation: Operation,
  identity: Identity,
  webSocket: boolean,
): CompiledChannel {
  const { channel } = route({
    candidates: identity.candidates,
    operation,
    explicit: exchange.explicitChannel,
    bound: exchange.bound?.channel ?? null,
    model: exchange.model,
    webSocket,
    draw: Math.random(),
  });
  exchange.channel = channel;
  return channel;
}

/** From here on the request counts: it is under way, and its client may leave. */
function watch(exchange: Exchange, res: GatewayResponse, gateway: Gateway): void {
  gateway.deadlines.add(exchange);
  res.gateway = gateway;
  res.exchange = exchange;
  res.on('close', closed);
  const { req, head } = exchange;
  if (!(req instanceof GatewayRequest) || !hasBody(head)) return;
  req.response = res;
  req.on('end', received);
}

const hasBody = ({ contentLength, transferEncoding }: RequestHead): boolean =>
  (contentLength ?? 0) > 0 || transferEncoding !== null;

/** The body is there: see `Exchange.lastByteMs`. */
function received(this: GatewayRequest): void {
  const { exchange, gateway } = this.response ?? {};
  if (exchange != null && gateway != null) exchange.lastByteMs = gateway.clock.monotonicMs();
}

function closed(this: GatewayResponse): void {
  const { exchange, gateway } = this;
  if (exchange === null || gateway === null || this.writableFinished || exchange.recorded) return;
  exchange.release();
  // Somebody may have to read on before it is known what came of it.
  if (exchange.recorded || exchange.waiting !== null) return;
  exchange.outcome = 'aborted';
  record(exchange, gateway);
}

function refuseArrival({ expects, isRestLost }: Arrival, res: GatewayResponse): void {
  if (isRestLost) {
    res.shouldKeepAlive = false;
    throw new ProxyError('bad_request', 'a request for another protocol waits for the answers before it');
  }
  if (expects === 'unknown')
    throw new ProxyError('expectation_failed', 'only the expectation 100-continue can be met');
}

function refuseWhenStopping(gateway: Gateway): void {
  if (gateway.draining) throw new ProxyError('draining', 'the gateway is shutting down', { retryAfterS: 5 });
  if (gateway.paused)
    throw new ProxyError('paused', 'the gateway is paused by its admin', { retryAfterS: 5 });
}

/** Whoever has shown a key may keep the connection, if there are not too many of them: judged at each request. */
function takeSeat({ crowd }: Gateway, { place, maxConnections }: ClientConnection): void {
  if (place.rank !== 'seated' && !crowd.seat(place, maxConnections()))
    throw new ProxyError('overloaded', 'too many connections', { retryAfterS: 1 });
}

function refuseUpgrade({ req, head, operation }: Exchange): void {
  if (head.upgrade !== null && asksForWebSocket(req)) throw noWebSocket(operation);
}

function refuseLarge({ head, bytesIn }: Exchange, maxBody: number): void {
  if (Math.max(head.contentLength ?? 0, bytesIn) > maxBody) {
    throw new ProxyError(
      'request_too_large',
      `the body is larger than the ${maxBody} bytes that the channel allows`,
    );
  }
}
