import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runScript } from './run-script.ts';
import { type TempRepository, tempRepository } from './temp-repository.ts';

/** Random-looking characters, made here so that no key-like string stands in this file. */
const characters = (seed: string, length: number) =>
  createHash('sha512').update(seed).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, length);

let repository: TempRepository;

beforeEach(async () => {
  repository = await tempRepository();
});

afterEach(() => repository.remove());

const scan = () => runScript('scripts/secret-scan.js', [repository.path]);

describe('the secret scan', () => {
  test.each([
    ['OpenAI, Anthropic or DashScope key', ['sk', 'ant', characters('a', 40)].join('-')],
    ['personal access token', ['pat', characters('b', 40)].join('_')],
    ['Proxy-Key or admin token', ['pk', characters('c', 32)].join('-')],
    ['Google key', ['AI', 'za', characters('d', 35)].join('')],
    ['AWS key', ['AK', 'IA', 'Q7RZ2MB9KD4WN8XT'].join('')],
    [
      'JSON web token',
      ['ey', 'J', characters('e', 20), '.ey', 'J', characters('f', 20), '.', characters('g', 30)].join(''),
    ],
    ['private key', `-----BEGIN ${'PRIVATE'} KEY-----\n${characters('h', 64)}\n`],
  ])('finds a planted %s with commit, path and line, and does not print it', async (kind, secret) => {
    await repository.write('a folder/café.ts', `// first line\nconst key = "\n${secret}";\n`);
    const commit = await repository.commit('plant');
    const { code, stdout } = await scan();
    expect(code).toBe(1);
    expect(stdout).toContain(`${commit.slice(0, 12)}:a folder/café.ts:3: ${kind}\n`);
    expect(stdout).not.toContain(secret.slice(-20));
  });

  test('finds what was removed again, and what stands on another branch only', async () => {
    await repository.write('readme', 'hello');
    await repository.commit('begin');
    await repository.write('key.txt', ['sk', characters('i', 40)].join('-'));
    const planted = await repository.commit('plant');
    await repository.git('rm', '-q', 'key.txt');
    await repository.commit('remove');
    await repository.git('checkout', '-q', '-b', 'side');
    await repository.write('side.txt', ['sk', characters('j', 40)].join('-'));
    const side = await repository.commit('side');
    await repository.git('checkout', '-q', 'main');
    const { stdout } = await scan();
    expect(stdout).toContain(`${planted.slice(0, 12)}:key.txt:1`);
    expect(stdout).toContain(`${side.slice(0, 12)}:side.txt:1`);
  });

  test('passes over obvious examples and binary files', async () => {
    await repository.write(
      'doc.md',
      `sk-${'x'.repeat(40)} sk-your-key-goes-here-and-nowhere-else sk-ant-example-key-of-nobody-0000`,
    );
    await repository.write('picture.bin', `\0${['sk', characters('k', 40)].join('-')}`);
    await repository.commit('examples');
    const { code, stdout } = await scan();
    expect([code, stdout]).toEqual([0, '2 file versions read, 0 secrets found\n']);
  });
});
