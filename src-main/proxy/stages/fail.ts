import { answerError, toProxyError } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { outcomeOfError } from '../outcome.ts';
import { record } from './record.ts';

/** Ends a request with an error of the gateway's own, and records it. The one place where that happens. */
export function fail(exchange: Exchange, gateway: Gateway, thrown: unknown): void {
  const error = toProxyError(thrown);
  if (error.code === 'internal_error') {
    const cause =
      error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause);
    gateway.log.error('a request failed inside the gateway', {
      request_id: exchange.id,
      stack: gateway.mask(cause),
    });
  }
  exchange.outcome = outcomeOfError(error);
  exchange.errorCode = error.code;
  exchange.errorMessage = gateway.mask(error.message);
  exchange.release();
  answerError(exchange, error);
  record(exchange, gateway);
}
