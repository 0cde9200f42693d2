import { createRequestLog } from '../../src-main/adapters/request-log.ts';
import { systemClock } from '../../src-main/adapters/system-clock.ts';
import { aRecord } from './request-record.ts';

// Run as a process of its own: appends to the request log in the folder it is given until somebody kills it, and
// prints how many lines are flushed.
const [folder = '.'] = process.argv.slice(2);
const log = createRequestLog({ folder, clock: systemClock, timeZone: 'UTC', onProblem: () => undefined });
for (let appended = 0; ; ) {
  for (let n = 0; n < 500; n += 1) {
    log.append(aRecord({ request_id: `req_${appended}`, model: 'm'.repeat(appended % 300) }));
    appended += 1;
  }
  await log.flush();
  process.stdout.write(`${appended}\n`);
}
