import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src-main/shell/headless/arguments.ts';
import { appOptions } from '../../src-main/shell/headless/settings.ts';
import { UsageError } from '../../src-main/shell/headless/terminal.ts';
import { fakeTerminal } from './fake-terminal.ts';

const optionsOf = (argv: readonly string[], env: Record<string, string> = {}) =>
  appOptions(parseArguments(['serve', ...argv]), fakeTerminal({ env }));

const EVERY_VARIABLE = {
  AIPROXY_DATA_DIR: '/var/lib/aiproxy',
  AIPROXY_CONFIG: '/etc/aiproxy.yaml',
  AIPROXY_HOST: '0.0.0.0',
  AIPROXY_PORT: '9001',
  AIPROXY_CONSOLE_HOST: '127.0.0.1',
  AIPROXY_CONSOLE_PORT: '9002',
  AIPROXY_ADMIN_TOKEN: 'sixteen-letters!',
  AIPROXY_LOG_LEVEL: 'debug',
};

describe('the settings', () => {
  test('leave to the document what neither an option nor the environment says', () => {
    expect(optionsOf([])).toEqual({
      dataDir: '/home/me/.local/share/aiproxy',
      configPath: null,
      demo: false,
      env: {},
    });
  });

  test('come from the environment', () => {
    expect(optionsOf([], EVERY_VARIABLE)).toEqual({
      dataDir: '/var/lib/aiproxy',
      configPath: '/etc/aiproxy.yaml',
      host: '0.0.0.0',
      port: 9001,
      consoleHost: '127.0.0.1',
      consolePort: 9002,
      adminToken: 'sixteen-letters!',
      logLevel: 'debug',
      demo: false,
      env: EVERY_VARIABLE,
    });
  });

  test('come from options before the environment', () => {
    const argv = ['--data-dir', '/d', '--config', '/c', '--host', '::1', '--port', '0', '--demo'];
    const consoleArgv = ['--console-host', 'localhost', '--console-port', '1'];
    expect(optionsOf([...argv, ...consoleArgv], EVERY_VARIABLE)).toMatchObject({
      dataDir: '/d',
      configPath: '/c',
      host: '::1',
      port: 0,
      consoleHost: 'localhost',
      consolePort: 1,
      demo: true,
    });
  });

  test('take written paths from where the writer stands', () => {
    expect(optionsOf(['--config', 'a.yaml', '--data-dir', '../d'])).toMatchObject({
      configPath: '/home/me/project/a.yaml',
      dataDir: '/home/me/d',
    });
  });

  test('count an empty variable as not set', () => {
    expect(optionsOf([], { AIPROXY_PORT: '', AIPROXY_CONFIG: '' })).not.toHaveProperty('port');
  });

  test.each([
    [['--port', '65536'], {}, '--port must be a number from 0 to 65535'],
    [['--port', '-1'], {}, '--port must be a number from 0 to 65535'],
    [['--port', '1e3'], {}, '--port must be a number from 0 to 65535'],
    [['--port', ''], {}, '--port must be a number from 0 to 65535'],
    [['--host', 'http://x'], {}, '--host must be an address or a host name'],
    [['--config', ''], {}, '--config must not be empty'],
    [[], { AIPROXY_CONSOLE_PORT: '-1' }, 'AIPROXY_CONSOLE_PORT must be a number from 0 to 65535'],
    [[], { AIPROXY_LOG_LEVEL: 'loud' }, 'AIPROXY_LOG_LEVEL must be debug, info, warn or error'],
    [[], { AIPROXY_ADMIN_TOKEN: 'a b' }, 'AIPROXY_ADMIN_TOKEN must be printable ASCII without spaces'],
    [[], { AIPROXY_ADMIN_TOKEN: 'fifteen-letters' }, 'AIPROXY_ADMIN_TOKEN must have at least 16 characters'],
  ])('refuse %j with %j', (argv, env, message) => {
    expect(() => optionsOf(argv, env)).toThrow(new UsageError(message));
  });
});
