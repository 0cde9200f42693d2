import { openDocumentStore } from '../../src-main/adapters/document/open-store.ts';
import { systemClock } from '../../src-main/adapters/system-clock.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';
import { hearingLog } from './test-store.ts';

// Saves 200 users of the round named in argv[3] into the data folder argv[2]; writes each id out when it is
// acknowledged. The test kills this process in the middle.
const [, , dataDir = '', round = '', then = 'close'] = process.argv;
const { store } = await openDocumentStore({
  dataDir,
  configPath: null,
  clock: systemClock,
  log: hearingLog(),
  platforms: PLATFORMS,
});
const ids = Array.from({ length: 200 }, (_, index) => `${round}-${index}`);
for (let index = 0; index < ids.length; index += 5) {
  await Promise.all(
    ids.slice(index, index + 5).map(async (id) => {
      await store.put('users', id, { name: `user ${id}` });
      process.stdout.write(`${id}\n`);
    }),
  );
}
// Who holds the folder must not be done before the test has looked.
if (then === 'hold') setInterval(() => undefined, 60_000);
else await store.close();
