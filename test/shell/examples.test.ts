import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from '../../src-main/shell/headless/main.ts';
import { ROOT } from '../scripts/run-script.ts';
import { fakeTerminal } from './fake-terminal.ts';

const FOLDER = `${ROOT}docs/examples`;

describe('the example', () => {
  test.each(readdirSync(FOLDER))('%s is valid without a remark', async (name) => {
    const terminal = fakeTerminal({ cwd: FOLDER });
    expect(await run(['check', '--config', name], terminal)).toBe(0);
    expect(terminal.printed.out).toBe(`The configuration in ${FOLDER}/${name} is valid.\n`);
  });
});
