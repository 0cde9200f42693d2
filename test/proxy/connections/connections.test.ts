import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { AppLog } from '../../../src-main/core/ports.ts';
import { watchConnections } from '../../../src-main/proxy/connections/connections.ts';
import { Crowd } from '../../../src-main/proxy/connections/crowd.ts';
import { Descriptors } from '../../../src-main/proxy/connections/descriptors.ts';
import type { Gateway } from '../../../src-main/proxy/gateway.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

it.each([
  ['EMFILE', 1],
  ['ENFILE', 1],
  // A port in use was told as a lack of descriptors.
  ['EADDRINUSE', 0],
  ['EACCES', 0],
])('an error %s of the listener counts as %i shortages of descriptors', (code, shortages) => {
  const clock = createFakeClock();
  const log: Partial<AppLog> = { warn: () => undefined };
  const descriptors = new Descriptors(log as AppLog, clock);
  const gateway: Partial<Gateway> = { crowd: new Crowd(), descriptors, clock };
  const server = createServer();
  watchConnections(server, gateway as Gateway, { maxConnections: () => 10, mostDescriptors: 100 });
  server.emit('error', Object.assign(new Error(code), { code }));
  expect(descriptors.shortages).toBe(shortages);
});
