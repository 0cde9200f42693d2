import { describe, expect, test } from 'vitest';
import { examineProxyVariables, examineSdkVariables } from '../../../src-main/adapters/doctor/environment.ts';

const PORT = 8001;
const proxies = (env: Record<string, string>) => examineProxyVariables(env, PORT);

describe('proxy variables', () => {
  test('are fine where there is none', () => {
    expect(proxies({ NO_PROXY: 'x' })).toMatchObject([{ severity: 'ok', found: 'none is set' }]);
  });

  test.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'])(
    '%s would lead local traffic past AIProxy, and its password is not shown',
    (name) => {
      const [finding] = proxies({ [name]: 'http://user:canary@proxy.example:3128' });
      expect(finding).toMatchObject({ subject: name, severity: 'warning' });
      expect(finding?.found).toContain('proxy.example:3128 for localhost and 127.0.0.1');
      expect(JSON.stringify(finding)).not.toContain('canary');
    },
  );

  test.each(['localhost,127.0.0.1', '*', ' localhost 127.0.0.1:8001 ', '.localhost,127.0.0.1'])(
    'are fine where NO_PROXY is %j',
    (no_proxy) => {
      expect(proxies({ http_proxy: 'proxy.example:3128', no_proxy })).toMatchObject([{ severity: 'ok' }]);
    },
  );

  test('are warned about where NO_PROXY leaves out one of the names', () => {
    const [finding] = proxies({ HTTP_PROXY: 'http://proxy.example', NO_PROXY: '127.0.0.1' });
    expect(finding?.found).toContain('for localhost,');
  });

  test.each(['http://127.0.0.1:8001', 'localhost:8001', 'http://[::1]:8001'])(
    'that name AIProxy itself (%s) are an error',
    (address) => {
      expect(proxies({ https_proxy: address })).toMatchObject([
        { severity: 'error', remedy: expect.stringContaining('Unset https_proxy') },
      ]);
    },
  );

  test('for https do not concern a local address', () => {
    expect(proxies({ HTTPS_PROXY: 'http://proxy.example:3128' })).toMatchObject([{ severity: 'info' }]);
  });
});

describe('SDK variables', () => {
  test('with a key and no address lead past AIProxy', () => {
    const findings = examineSdkVariables({ OPENAI_API_KEY: 'canary', GOOGLE_API_KEY: 'canary' }, PORT);
    expect(findings).toMatchObject([
      {
        subject: 'OPENAI_BASE_URL',
        severity: 'info',
        remedy: expect.stringContaining('aiproxy env --sdk openai'),
      },
      { subject: 'GOOGLE_GEMINI_BASE_URL', severity: 'info' },
    ]);
    expect(JSON.stringify(findings)).not.toContain('canary');
  });

  test('that lead here are good, and elsewhere are told', () => {
    const env = { OPENAI_BASE_URL: 'http://localhost:8001/v1', ANTHROPIC_BASE_URL: 'https://other.example' };
    expect(examineSdkVariables(env, PORT)).toMatchObject([
      { severity: 'ok', found: 'points here' },
      { severity: 'info', found: 'points at other.example, not at this AIProxy' },
    ]);
  });

  test('are not spoken of where none is set', () => {
    expect(examineSdkVariables({}, PORT)).toEqual([]);
  });
});
