import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../src-main/shell/headless/main.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fakeTerminal } from './fake-terminal.ts';

async function env(argv: readonly string[], over: Parameters<typeof fakeTerminal>[0] = {}) {
  const terminal = fakeTerminal(over);
  const code = await run(['env', ...argv], terminal);
  return { code, lines: terminal.printed.out.split('\n').slice(0, -1), err: terminal.printed.err };
}

describe('aiproxy env', () => {
  test('prints the addresses of all SDKs', async () => {
    expect((await env([])).lines).toEqual([
      "export OPENAI_BASE_URL='http://localhost:8001/v1'",
      "export ANTHROPIC_BASE_URL='http://localhost:8001'",
      "export GOOGLE_GEMINI_BASE_URL='http://localhost:8001'",
      "export DASHSCOPE_HTTP_BASE_URL='http://localhost:8001/api/v1'",
      "export DASHSCOPE_WEBSOCKET_BASE_URL='ws://localhost:8001/api-ws/v1/inference'",
      "export DASHSCOPE_COMPATIBLE_BASE_URL='http://localhost:8001/compatible-mode/v1'",
    ]);
  });

  test('says that it leaves the key variables alone where it is given no key', async () => {
    expect((await env([])).err).toMatch(/^Note: without --key .*\n$/);
    expect((await env(['--key', 'pk-x'])).err).toBe('');
  });

  test('adds the key, and takes away what would win over it', async () => {
    expect((await env(['--sdk', 'anthropic', '--key', 'pk-x'])).lines).toEqual([
      "export ANTHROPIC_BASE_URL='http://localhost:8001'",
      "export ANTHROPIC_API_KEY='pk-x'",
      'unset ANTHROPIC_AUTH_TOKEN',
    ]);
    expect((await env(['--sdk', 'gemini', '--key', 'pk-x'])).lines.slice(1)).toEqual([
      "export GEMINI_API_KEY='pk-x'",
      'unset GOOGLE_API_KEY',
    ]);
  });

  test.each([
    [['--host', '0.0.0.0', '--port', '9001'], 'http://127.0.0.1:9001/v1'],
    [['--host', '::1'], 'http://[::1]:8001/v1'],
    [['--host', 'proxy.corp'], 'http://proxy.corp:8001/v1'],
    [['--host', '::'], 'http://localhost:8001/v1'],
  ])('with %j leads to %s', async (argv, url) => {
    expect((await env([...argv, '--sdk', 'openai'])).lines).toEqual([`export OPENAI_BASE_URL='${url}'`]);
  });

  test('reads the address from the environment too, and speaks the shell of the system', async () => {
    const over = { env: { AIPROXY_PORT: '9001' }, platform: 'win32' as const };
    expect((await env(['--sdk', 'openai'], over)).lines).toEqual([
      "$env:OPENAI_BASE_URL = 'http://localhost:9001/v1'",
    ]);
  });

  test('reads the address from the configuration last of all', async () => {
    const folder = await tempFolder();
    const config = join(folder.path, 'my.yaml');
    const proxy = 'host: proxy.corp, port: 9443, tls: { cert: a.pem, key: b.pem }';
    await writeFile(config, `version: 1\nsystem: { proxy: { ${proxy} } }\n`);
    const configured = await env(['--sdk', 'openai', '--config', config]);
    const overridden = await env(['--sdk', 'openai', '--config', config, '--port', '9001']);
    await writeFile(config, 'system: [');
    const broken = await env(['--sdk', 'openai', '--config', config]);
    await folder.remove();
    expect(configured.lines).toEqual(["export OPENAI_BASE_URL='https://proxy.corp:9443/v1'"]);
    expect(overridden.lines).toEqual(["export OPENAI_BASE_URL='https://proxy.corp:9001/v1'"]);
    expect(broken.lines).toEqual(["export OPENAI_BASE_URL='http://localhost:8001/v1'"]);
  });

  test.each([
    [['--sdk', 'cohere'], '--sdk must be one of openai, anthropic, gemini, dashscope'],
    [['--shell', 'fish'], '--shell must be one of posix, powershell, cmd'],
    [['--port', '0'], 'the port is picked at the start'],
    [['--shell', 'cmd', '--key', 'pk-%PATH%'], '--key cannot be written for cmd; use PowerShell'],
  ])('refuses %j with exit code 2', async (argv, message) => {
    const { code, err } = await env(argv);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('the variables', () => {
  afterEach(() => vi.unstubAllEnvs());

  async function apply(sdk: string): Promise<void> {
    for (const line of (await env(['--sdk', sdk, '--key', 'pk-x'])).lines) {
      const [, name = '', value] = /^(?:export|unset) (\w+)(?:='(.*)')?$/.exec(line) ?? [];
      vi.stubEnv(name, value);
    }
  }

  test('point the OpenAI SDK here', async () => {
    await apply('openai');
    const client = new OpenAI();
    expect([client.baseURL, client.apiKey]).toEqual(['http://localhost:8001/v1', 'pk-x']);
  });

  test('point the Anthropic SDK here', async () => {
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'other');
    await apply('anthropic');
    const client = new Anthropic();
    expect([client.baseURL, client.apiKey, client.authToken]).toEqual([
      'http://localhost:8001',
      'pk-x',
      null,
    ]);
  });

  test('point the Google SDK here', async () => {
    vi.stubEnv('GOOGLE_API_KEY', 'other');
    await apply('gemini');
    const seen = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({ models: [] }));
    await new GoogleGenAI({}).models.list();
    const [url, init] = seen.mock.calls[0] ?? [];
    seen.mockRestore();
    expect(String(url)).toMatch(/^http:\/\/localhost:8001\/v1(beta)?\/models/);
    expect(new Headers(init?.headers).get('x-goog-api-key')).toBe('pk-x');
  });
});
