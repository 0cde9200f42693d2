import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock, UpstreamCall, UpstreamFlow, UpstreamRequest } from '../../core/ports.ts';
import type { OpenTunnel, UpgradeHandler } from '../../core/tunnel-ports.ts';
import { connectorFor, type IsSelf } from './connector.ts';
import { failureOf } from './failure.ts';

const LARGEST_HEAD_BYTES = 64 * 1024;

/** Makes handshakes with node:http, whose parser judges the answer, over sockets that the channel may have. */
export const nodeTunnel =
  (clock: Clock, isSelf: IsSelf): OpenTunnel =>
  (target, request, handler) => {
    const handshake = new Handshake(request, handler);
    const { protocol, hostname, port, host } = new URL(target.origin);
    const connect = connectorFor(target, clock, isSelf);
    connect({ protocol, hostname, host, port }, (error, socket) => {
      if (error !== null) handshake.failed(error, false);
      else handshake.over(socket);
    });
    return handshake;
  };

class Handshake implements UpstreamCall {
  readonly #request: UpstreamRequest;
  readonly #handler: UpgradeHandler;
  #sent: ClientRequest | null = null;
  #done = false;

  constructor(request: UpstreamRequest, handler: UpgradeHandler) {
    this.#request = request;
    this.#handler = handler;
  }

  hangUp(): void {
    this.#done = true;
    this.#sent?.destroy();
  }

  failed(error: Error, sent: boolean): void {
    if (this.#done) return;
    this.#done = true;
    this.#handler.error(failureOf(error, sent));
  }

  over(socket: Socket): void {
    if (this.#done) {
      socket.destroy();
      return;
    }
    const { method, path, headers } = this.#request;
    const sent = httpRequest({
      createConnection: () => socket,
      method,
      path,
      headers: [...headers],
      setHost: false,
      maxHeaderSize: LARGEST_HEAD_BYTES,
    });
    this.#sent = sent;
    sent.on('upgrade', (answer: IncomingMessage, upgraded: Socket, first: Buffer) => {
      if (this.#done) upgraded.destroy();
      else this.#switched(answer, upgraded, first);
    });
    sent.on('response', (answer) => this.#answered(answer));
    // Neither was asked for (RFC 9110 §15.2).
    sent.on('information', () => this.#refuse('it answered before it was done'));
    sent.on('error', (error) => this.failed(error, true));
    sent.end();
  }

  #switched(answer: IncomingMessage, socket: Socket, first: Buffer): void {
    const { upgrade = '', 'sec-websocket-extensions': extensions } = answer.headers;
    if (answer.statusCode !== 101 || upgrade.toLowerCase() !== 'websocket' || extensions !== undefined) {
      socket.destroy();
      this.#refuse('it switched to a protocol that was not asked for');
      return;
    }
    this.#done = true;
    socket.pause();
    this.#handler.upgraded(answer.rawHeaders, socket, first);
  }

  #answered(answer: IncomingMessage): void {
    if (this.#done) return;
    if ((answer.statusCode ?? 0) < 200) {
      this.#refuse('it switched protocols without saying to which');
      return;
    }
    const flow: UpstreamFlow = {
      pause: () => void answer.pause(),
      resume: () => void answer.resume(),
      abort: () => this.hangUp(),
    };
    this.#handler.head(answer.statusCode ?? 0, answer.rawHeaders, flow);
    answer.on('data', (chunk: Buffer) => {
      if (!this.#done) this.#handler.data(chunk);
    });
    answer.on('end', () => this.#ended());
    answer.on('error', (error) => this.failed(error, true));
    answer.on('close', () => this.failed(new Error('connection closed'), true));
  }

  #ended(): void {
    if (this.#done) return;
    this.#done = true;
    this.#handler.end();
  }

  #refuse(reason: string): void {
    if (this.#done) return;
    this.#done = true;
    this.#sent?.destroy();
    this.#handler.error({ kind: 'protocol', reason });
  }
}
