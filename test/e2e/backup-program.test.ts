import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runScript } from '../scripts/run-script.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { requestLogLines } from '../support/request-log-lines.ts';
import { startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { usageReport } from '../support/usage-report.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const aiproxy = (...argv: string[]) => runScript('bin/aiproxy.js', argv);

test('the real program is backed up only while it stands still, and what a crash left uncounted is in it', async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const at = (name: string): string => join(folder.path, name);
  const [data, other, file] = [at('data'), at('other'), at('b.tar.gz')];
  const program = cleanUp.closing(await startProgram(data));
  for (let count = 0; count < 5; count++) await fetch(`${program.ready.proxy}/v1/models`);
  const refused = await aiproxy('backup', file, '--data-dir', data);
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining(`process ${program.ready.pid}`),
  ]);
  await requestLogLines(data, 5);
  program.kill();
  await program.exited;
  expect(await aiproxy('backup', file, '--data-dir', data)).toMatchObject({ code: 0 });
  expect(await aiproxy('restore', file, '--data-dir', other)).toMatchObject({ code: 0 });
  expect((await usageReport(other)).total).toMatchObject({ requests: 5, client_error: 5 });
});
