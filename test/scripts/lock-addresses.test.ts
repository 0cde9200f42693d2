import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT, runScript, runToEnd } from './run-script.ts';
import { type TempRepository, tempRepository } from './temp-repository.ts';

let repository: TempRepository;

beforeEach(async () => {
  repository = await tempRepository();
  await mkdir(join(repository.path, 'scripts'));
  await copyFile(`${ROOT}scripts/lock-addresses.js`, join(repository.path, 'scripts/lock-addresses.js'));
  await repository.write('package.json', '{"type":"module"}');
  await repository.write('package-lock.json', '{}');
  await repository.write('test/sdk-python/requirements.txt', 'openai==1.0.0 \\\n    --hash=sha256:00\n');
});

afterEach(() => repository.remove());

const look = () => runToEnd([process.execPath, join(repository.path, 'scripts/lock-addresses.js')]);

test('the lock files of this repository name no place to download from', async () => {
  expect(await runScript('scripts/lock-addresses.js')).toMatchObject({ code: 0 });
});

test.each([
  ['package-lock.json', '{\n  "resolved": "https://registry.example/x.tgz"\n}', 2],
  ['package-lock.json', '{\n\n  "version": "git+ssh://git@example.test/x.git"\n}', 3],
  ['test/sdk-python/requirements.txt', '--index-url https://example.test/simple\nopenai==1.0.0', 1],
  ['test/sdk-python/requirements.txt', 'openai==1.0.0\n--find-links wheels', 2],
  ['test/sdk-python/requirements.txt', 'openai==1.0.0\n\nopenai @ https://example.test/openai.whl', 3],
])('an address in %s is found: %s', async (file, content, line) => {
  await repository.write(file, content);
  const { code, stdout } = await look();
  expect(code).toBe(1);
  expect(stdout).toContain(`${file}:${line}: `);
});

test('links for people are no addresses', async () => {
  await repository.write('package-lock.json', '{"funding": {"url": "https://example.test/sponsor"}}');
  expect(await look()).toMatchObject({ code: 0 });
});
