import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { stringsFor } from '../../src-renderer/features/welcome/strings.ts';
import { Welcome } from '../../src-renderer/features/welcome/welcome.tsx';

const facts = { version: '2.0.0', proxyUrl: 'http://127.0.0.1:8001', since: 'today' };
const render = (language: string) =>
  renderToStaticMarkup(createElement(Welcome, { ...facts, strings: stringsFor(language) }));

describe('the first page', () => {
  test('says that AIProxy runs, and where, and links the dashboard of the proxy port', () => {
    const html = render('en-GB');
    expect(html).toContain('AIProxy is running.');
    expect(html).toContain('<code>http://127.0.0.1:8001</code>');
    expect(html).toContain('href="http://127.0.0.1:8001/dashboard"');
    expect(html).toContain('2.0.0');
  });

  test.each(['zh', 'zh-CN', 'ZH-TW'])('speaks Chinese to a reader of %s', (language) => {
    expect(render(language)).toContain('AIProxy 正在运行。');
  });

  test.each(['de', 'zha', ''])('speaks English to a reader of %j', (language) => {
    expect(render(language)).toContain('AIProxy is running.');
  });
});
