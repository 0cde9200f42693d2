import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { undiciUpstream } from '../../../src-main/adapters/upstream/client-stack.ts';
import { nodeTunnel } from '../../../src-main/adapters/upstream/tunnel.ts';
import type { RequestRecord } from '../../../src-main/contract/request-record.ts';
import { LiveFeed } from '../../../src-main/core/live-feed.ts';
import { createGateway, drainGateway } from '../../../src-main/proxy/create-gateway.ts';
import { createListener } from '../../../src-main/proxy/listener.ts';
import { snapshotOf } from '../../core/snapshot-of.ts';
import type { CleanUp } from '../../support/clean-up.ts';
import { aChannel, aKey, aUser } from '../../support/document-fixtures.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { KEY, nextTurn } from './raw-session.ts';

/** A gateway on real sockets for which time passes when the test says so. */
export interface GatewayOnAClock {
  readonly port: number;
  readonly clock: FakeClock;
  /** What was recorded, in order. */
  readonly records: readonly RequestRecord[];
  /** Lets time pass in steps of a second, and what was sent meanwhile arrive. */
  pass(seconds: number): Promise<void>;
}

const none = (): void => undefined;
const noneLater = async (): Promise<void> => undefined;
const LOG = {
  debug: none,
  info: none,
  warn: none,
  error: none,
  setLevel: none,
  flush: noneLater,
  close: noneLater,
};

function requestLogInto(records: RequestRecord[]) {
  return {
    append: (record: RequestRecord) => void records.push(record),
    flush: noneLater,
    mark: async () => null,
    droppedLines: 0,
    close: noneLater,
  };
}

const METRICS = {
  get sums(): never {
    throw new Error('no metrics here');
  },
  collect: none,
  get process(): never {
    throw new Error('no metrics here');
  },
};

/** All ends are in this process: what loopback sockets bring is there after a few turns of the loop. */
const ARRIVAL_TURNS = 12;

/** Starts one with the user `ann` and a channel to a platform. @param secure whether it listens with TLS */
export async function startOnAClock(
  cleanUp: CleanUp,
  platformUrl: string,
  secure = false,
): Promise<GatewayOnAClock> {
  const clock = createFakeClock();
  const records: RequestRecord[] = [];
  const gateway = createGateway({
    snapshot: snapshotOf({
      users: { ann: aUser() },
      proxy_keys: { 'ann-1': aKey('ann', KEY) },
      channels: { voice: aChannel('openai', platformUrl, 'channel-key-voice') },
    }),
    clock,
    log: LOG,
    requestLog: requestLogInto(records),
    usage: { add: none },
    feed: new LiveFeed(),
    metrics: METRICS,
    upstream: undiciUpstream(clock, () => false),
    openTunnel: nodeTunnel(clock, () => false),
    boundIds: { get: () => [], put: none },
    mask: (text) => text,
    version: '0.0.0',
  });
  const { cert, key } = selfSigned();
  const tls = secure ? { cert: Buffer.from(cert), key: Buffer.from(key) } : null;
  const server = createListener(gateway, { tls, maxConnections: () => 100 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.add(async () => {
    const drained = drainGateway(gateway, 0);
    clock.advance(1);
    await drained;
    server.close();
    server.closeAllConnections();
  });
  return {
    port: (server.address() as AddressInfo).port,
    clock,
    records,
    async pass(seconds) {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1_000);
        for (let turn = 0; turn < ARRIVAL_TURNS; turn += 1) await nextTurn();
      }
    },
  };
}
