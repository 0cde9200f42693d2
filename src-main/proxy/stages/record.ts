import { type Outcome, REQUEST_RECORD_VERSION, type RequestRecord } from '../../contract/request-record.ts';
import { redactPath } from '../../core/redact.ts';
import { asksForWebSocket } from '../../core/websocket/handshake-request.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { outcomeOfStatus } from '../outcome.ts';

/** Model names come from clients; longer ones are cut. */
const MAX_MODEL = 200;

/** As much of a path as is looked at; the log keeps less. */
const MAX_PATH = 8192;
/** The paths of APIs are shorter than those with a key in them, and need not be searched. */
const PLAIN_PATH = 32;
/** No model's name begins like a key or an admin token. */
const LIKE_A_KEY = /^(?:[sp]k-|a[ts]-|AIza|Bearer )/i;

function loggedPath(url: string, gateway: Gateway): string {
  if (url.length <= PLAIN_PATH && !/[?%]/.test(url)) return redactPath(url);
  return redactPath(url.slice(0, MAX_PATH), gateway.mask);
}

/** A key that was sent as the model by mistake is masked; a model may otherwise be called what it likes. */
export function loggedModel(model: string, { snapshot }: Exchange, gateway: Gateway): string {
  const known = snapshot.keys.has(model) || snapshot.secrets.has(model);
  return (known || LIKE_A_KEY.test(model) ? gateway.mask(model.slice(0, MAX_PATH)) : model).slice(
    0,
    MAX_MODEL,
  );
}

/** What the request cost by the prices of its configuration; refused ones never reached a platform. */
function costOf({ snapshot, channel, model, operation, usage }: Exchange, outcome: Outcome): number | null {
  if (snapshot.prices === null || channel === null) return null;
  const served = operation?.metered === true && (outcome === 'success' || outcome === 'partial');
  const mappedModel = model === null ? null : (channel.modelMap?.get(model) ?? null);
  return snapshot.prices.costOf({ channel: channel.id, model, mappedModel, served }, usage);
}

function protocolOf({ req, head, streamed }: Exchange): RequestRecord['protocol'] {
  if (head.upgrade !== null && asksForWebSocket(req)) return 'websocket';
  return streamed ? 'sse' : 'http';
}

function recordOf(exchange: Exchange, gateway: Gateway): RequestRecord {
  const { req, res, operation, usage } = exchange;
  // A client that left before the answer began saw no status.
  const answered = exchange.outcome === 'aborted' || !res.headersSent ? 499 : res.statusCode;
  const status = exchange.upgraded ? 101 : answered;
  const outcome = exchange.outcome ?? outcomeOfStatus(status);
  return {
    v: REQUEST_RECORD_VERSION,
    time: exchange.time,
    request_id: exchange.id,
    user: exchange.identity?.user ?? null,
    key_id: exchange.identity?.keyId ?? null,
    channel: exchange.channel?.id ?? null,
    dialect: operation?.dialect ?? 'raw',
    endpoint: operation?.endpoint ?? '{refused}',
    method: req.method ?? '',
    path: loggedPath(req.url ?? '', gateway),
    protocol: protocolOf(exchange),
    status,
    outcome,
    error_code: exchange.errorCode,
    error_message: exchange.errorMessage,
    latency_ms: (exchange.leftMs ?? gateway.clock.monotonicMs()) - exchange.startedMs,
    ttfb_ms: exchange.firstByteMs === null ? null : exchange.firstByteMs - exchange.startedMs,
    bytes_in: exchange.bytesIn,
    bytes_out: exchange.bytesOut,
    model: exchange.model === null ? null : loggedModel(exchange.model, exchange, gateway),
    cost: costOf(exchange, outcome),
    client: exchange.client,
    attempts: exchange.attempts,
    refused_key_end: exchange.refusedKeyEnd ?? undefined,
    // Always there: records of one shape are made and read faster.
    messages_in: exchange.messagesIn ?? undefined,
    messages_out: exchange.messagesOut ?? undefined,
    tokens_in: usage.tokens_in,
    tokens_out: usage.tokens_out,
    tokens_cached: usage.tokens_cached,
    tokens_reasoning: usage.tokens_reasoning,
    characters: usage.characters,
    seconds: usage.seconds,
  };
}

/** Stage 11: one line in the request log and one addition to the totals, once, however the request ended. */
export function record(exchange: Exchange, gateway: Gateway): void {
  if (exchange.recorded) return;
  exchange.recorded = true;
  exchange.deadlineMs = Number.POSITIVE_INFINITY;
  gateway.deadlines.delete(exchange);
  gateway.heldBodies.giveBack(exchange);
  const line = recordOf(exchange, gateway);
  // Counted before it is logged: a period that ends here ends with the line before.
  gateway.usage.add(line);
  gateway.requestLog.append(line);
  gateway.totals.add(line);
  gateway.feed.publish(line);
}
