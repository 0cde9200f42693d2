import { expect } from 'vitest';
import type { Outcome } from '../../src-main/contract/request-record.ts';
import type { BodyDigest } from '../support/body-digest.ts';
import type { LoggedRequest } from '../support/request-log-lines.ts';
import type { SeenRequest } from '../support/seen-request.ts';
import type { SentRequest } from '../support/sent-requests.ts';
import type { StandIn } from '../support/stand-in.ts';
import type { Hop, Route } from './route.ts';

/** The one thing AIProxy may write into a body that is the platform's own dialect. */
const USAGE_SPLICE = '"stream_options":{"include_usage":true},';

export interface Expected {
  readonly endpoint: string;
  readonly status?: number;
  readonly outcome?: Outcome;
  readonly model?: string | null;
  /** The gateway asked for the usage of a stream in the client's place. */
  readonly usageAskedFor?: boolean;
}

/** The platform's key arrived in one header, and no Proxy-Key anywhere. */
async function expectKeys<S extends StandIn>(route: Route<S>, seen: SeenRequest): Promise<void> {
  expect(await seen.placesOf(route.standIn.apiKey)).toEqual([expect.stringMatching(/^header /)]);
  for (const key of route.proxyKeys) expect(await seen.placesOf(key)).toEqual([]);
  if (route.wire === null) return;
  const [local, central] = route.proxyKeys;
  expect(route.wire.carried(local ?? ''), 'the local key on the wire to the central service').toBe(false);
  expect(route.wire.carried(central ?? ''), 'the central key on that wire').toBe(true);
}

function expectBody(arrived: BodyDigest, sent: BodyDigest, spliced: boolean): void {
  if (!spliced) {
    expect({ length: arrived.length, sha256: arrived.sha256 }).toEqual({
      length: sent.length,
      sha256: sent.sha256,
    });
    return;
  }
  const text = arrived.bytes?.toString() ?? '';
  expect(text).toContain(USAGE_SPLICE);
  expect(text.replace(USAGE_SPLICE, '')).toBe(sent.bytes?.toString());
}

/** What a gateway was given to read. */
type Received = Pick<LoggedRequest, 'method' | 'bytes_in'>;

/** The next line of a hop's request log that was not looked at yet. */
export async function nextLine(hop: Hop): Promise<LoggedRequest> {
  const lines = await hop.gateway.lines(hop.readLines + 1);
  const line = lines[hop.readLines++];
  if (line === undefined) throw new Error('the request log became shorter');
  return line;
}

async function expectLine(
  hop: Hop,
  seen: SeenRequest,
  received: Received,
  expected: Expected,
): Promise<void> {
  expect(await nextLine(hop)).toMatchObject({
    user: hop.user,
    key_id: hop.keyId,
    channel: hop.channel,
    endpoint: expected.endpoint,
    status: expected.status ?? 200,
    outcome: expected.outcome ?? 'success',
    attempts: 1,
    ...received,
    ...seen.answered.usage,
    ...(expected.model === undefined ? {} : { model: expected.model }),
  });
}

/** `/stats` sums up the request log. */
async function expectStats({ gateway }: Hop): Promise<void> {
  const stats = await gateway.stats();
  const lines = await gateway.lines(stats.total_requests);
  const sumOf = (pick: (line: LoggedRequest) => number | null): number =>
    lines.reduce((sum, line) => sum + (pick(line) ?? 0), 0);
  expect(stats.total_requests).toBe(lines.length);
  expect(stats.successful_requests).toBe(sumOf((line) => (line.outcome === 'success' ? 1 : 0)));
  expect(stats.bytes).toEqual({ in: sumOf((line) => line.bytes_in), out: sumOf((line) => line.bytes_out) });
  expect(stats.tokens).toEqual({
    in: sumOf((line) => line.tokens_in),
    out: sumOf((line) => line.tokens_out),
  });
}

/**
 * One request went all the way as it should: what the platform saw, what the client sent, and what every gateway
 * between them wrote down agree.
 */
export async function expectProof<S extends StandIn>(
  route: Route<S>,
  seen: SeenRequest,
  sent: SentRequest | undefined,
  expected: Expected,
): Promise<void> {
  if (sent === undefined) throw new Error('the client sent nothing');
  await expectKeys(route, seen);
  const spliced = expected.usageAskedFor === true && route.hops.length > 0;
  expectBody(await seen.body, await sent.body, spliced);
  let bytes_in = (await sent.body).length;
  for (const hop of route.hops) {
    await expectLine(hop, seen, { method: sent.method, bytes_in }, expected);
    await expectStats(hop);
    // The first gateway writes into the body, and the second one finds nothing left to do.
    bytes_in = (await seen.body).length;
  }
}
