import { afterEach, expect, test } from 'vitest';
import { DOCS_TYPES } from '../../../src-main/admin/docs/docs-files.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { startProgram } from '../../support/start-program.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

test('the built program serves every file of the page from its own folder', async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const { ready } = cleanUp.closing(await startProgram(folder.path));
  for (const [name, type] of DOCS_TYPES) {
    const answer = await fetch(`${ready.console}/docs/${name}`);
    expect([name, answer.status, answer.headers.get('content-type')]).toEqual([name, 200, type]);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
  }
  expect((await fetch(`${ready.console}/docs`)).status).toBe(200);
});
