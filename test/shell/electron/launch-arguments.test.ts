import { expect, it } from 'vitest';
import { launchArguments } from '../../../src-main/shell/electron/launch-arguments.ts';

it("takes serve's options", () => {
  const { invocation, hidden, link } = launchArguments(['--data-dir', '/data', '--port', '0', '--demo']);
  expect(invocation).toMatchObject({ command: 'serve', values: { 'data-dir': '/data', port: '0' } });
  expect(invocation.flags).toContain('demo');
  expect({ hidden, link }).toEqual({ hidden: false, link: null });
});

it('takes a link, and the wish to stay in the tray', () => {
  expect(launchArguments(['--hidden', 'aiproxy://users'])).toMatchObject({
    hidden: true,
    link: 'aiproxy://users',
  });
});

it('ignores what stands behind a link, which a stranger may have written', () => {
  const { invocation, hidden } = launchArguments([
    '--demo',
    'aiproxy://users',
    '--config',
    '/elsewhere',
    '--hidden',
  ]);
  expect(invocation).toMatchObject({ values: {}, flags: new Set(['demo']) });
  expect(hidden).toBe(false);
});

it.each([
  '--no-sandbox',
  '--disable-gpu',
  '--enable-features=UseOzonePlatform',
  '--ozone-platform-hint=auto',
  '--remote-debugging-port=9222',
  '--inspect=0',
  '--original-process-start-time=13300000000000000',
  '--allow-file-access-from-files',
  '-psn_0_12345',
])('leaves %s to the runtime', (word) => {
  expect(launchArguments([word]).invocation.values).toEqual({});
});

it.each(['--prot', '--enabled', 'users', '-x'])('refuses %s, which nobody knows', (word) => {
  expect(() => launchArguments([word])).toThrow(/.+/);
});
