import { describe, expect, test } from 'vitest';
import type { Started } from '../../src-main/app-options.ts';
import { readyLine, readyText } from '../../src-main/shell/headless/ready.ts';

const STARTED: Started = {
  shutdownAsked: new Promise(() => undefined),
  proxyUrl: 'http://127.0.0.1:8001',
  sharedUrls: [],
  consoleUrl: 'http://127.0.0.1:8002',
  runToken: 'at-run',
  firstStart: null,
  demoKey: null,
  mask: (text) => text,
  notices: [],
};
const ABOUT = { version: '2.0.0', dataDir: '/data', configPath: null };

describe('the ready line', () => {
  test('is one line of JSON with exactly the promised members, in order', () => {
    expect(readyLine({ ...STARTED, notices: ['n'], demoKey: 'pk-d' }, 42)).toBe(
      '{"event":"ready","proxy":"http://127.0.0.1:8001","console":"http://127.0.0.1:8002","admin_token":"at-run","pid":42}\n',
    );
  });
});

describe('the text for people', () => {
  test('names the addresses, never the token of this run', () => {
    expect(readyText(STARTED, ABOUT)).toBe(
      'AIProxy 2.0.0\n  Proxy    http://127.0.0.1:8001\n  Console  http://127.0.0.1:8002\n  Data     /data\n',
    );
  });

  test('names the addresses to hand out where it listens for others', () => {
    expect(readyText({ ...STARTED, sharedUrls: ['http://192.168.1.5:8001'] }, ABOUT)).toContain(
      '  Proxy    http://127.0.0.1:8001\n           http://192.168.1.5:8001 (for others)\n',
    );
  });

  test('names the configuration that is used in place of the data folder’s', () => {
    const text = readyText(STARTED, { ...ABOUT, configPath: '/etc/a.yaml' });
    expect(text).toContain('  Config   /etc/a.yaml\n');
  });

  test('shows the secrets of the first start, and how to use them', () => {
    const text = readyText({ ...STARTED, firstStart: { adminToken: 'at-1', adminKey: 'pk-1' } }, ABOUT);
    expect(text).toMatch(/Admin token +at-1\n/);
    expect(text).toMatch(/Proxy-Key of user admin +pk-1\n/);
    expect(text).toContain(
      "export OPENAI_BASE_URL='http://127.0.0.1:8001/v1'\n  export OPENAI_API_KEY='pk-1'\n",
    );
  });

  test('shows a line that tries the demo', () => {
    expect(readyText({ ...STARTED, demoKey: 'pk-d' }, ABOUT)).toContain(
      "  curl http://127.0.0.1:8001/v1/chat/completions -H 'Authorization: Bearer pk-d' ",
    );
  });
});
