import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTotals, statsAnswer } from '../../../src-main/core/statistics.ts';
import { dashboardPage } from '../../../src-main/proxy/internal/dashboard-page.ts';
import { dashboardLanguage } from '../../../src-main/proxy/internal/dashboard-texts.ts';
import { dashboardInAPage, type StatsReply } from '../../support/dashboard-in-a-page.ts';
import { aRecord } from '../../support/request-record.ts';

const START = Date.UTC(2026, 0, 15, 12);
const channels = {
  a: { name: '阿里云百炼', platform: 'dashscope' },
  b: { name: '<script>alert(1)</script>', platform: 'openai', status: 'disabled' as const },
};

function stats(requests = 4): StatsReply {
  const totals = createTotals(START);
  for (let n = 0; n < requests; n += 1) {
    totals.add(aRecord({ channel: 'a', latency_ms: 1500, outcome: n === 0 ? 'aborted' : 'success' }));
  }
  const document = { channels, proxy_keys: {} };
  return { status: 200, body: statsAnswer(totals, { version: '2.0.0', document }, START + 90_061_000) };
}

describe.each(['zh', 'en'] as const)('the dashboard page in %s', (language) => {
  const { html, csp } = dashboardPage(language);

  it('runs its own script and style under its policy, and nothing else', () => {
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const inline = (tag: string) =>
      [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(([, text = '']) => text);
    expect(inline('script').map(hash)).toEqual([/script-src (\S+);/.exec(csp)?.[1]]);
    expect(inline('style').map(hash)).toEqual([/style-src (\S+);/.exec(csp)?.[1]]);
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).not.toContain('unsafe');
    expect(html).not.toMatch(/ (?:style|on\w+)=/);
  });

  it('asks no other server for anything', () => {
    expect(html).not.toMatch(/https?:|src=|url\(|@import/);
  });

  it('puts text into the page only as text', () => {
    expect(html).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval\(/);
  });
});

describe('the language of the dashboard', () => {
  const { html } = dashboardPage('zh');

  it('has the title, cards, columns, links and periods of the old one', () => {
    expect(html).toContain('<title>AIProxy 统计仪表板</title>');
    expect([...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, name]) => name)).toEqual([
      '系统信息',
      '请求统计',
      '协议统计',
      '渠道统计',
    ]);
    expect([...html.matchAll(/<th(?: [^>]*)?>(.*?)<\/th>/g)].map(([, name]) => name)).toEqual([
      '渠道名称',
      '请求数',
      '状态',
    ]);
    expect(html).toContain(
      '<a href="/dashboard" aria-current="page">仪表板</a><a href="/stats">JSON API</a>',
    );
    expect(
      [...html.matchAll(/<option value="(\d+)">(.*?)</g)].map(([, value, label]) => [value, label]),
    ).toEqual([['0', '不刷新'], ...['5', '10', '15', '30', '60'].map((value) => [value, `${value} 秒`])]);
  });

  it('is English, in all of the page, for whoever reads English', async () => {
    expect(dashboardPage('en').html.replace('>中文<', '')).not.toMatch(/\p{Script=Han}/u);
    const page = await dashboardInAPage(() => stats(0), new Map(), 'en');
    expect(['uptime', 'last', 'latency', 'countdown'].map(page.text)).toEqual([
      '1 d 1 h 1 min 1 s',
      'None yet',
      '0.000 s',
      'Next refresh in 5 s',
    ]);
  });

  it('is the one that was asked for, else the first the browser names, else Chinese', () => {
    expect(dashboardLanguage('lang=en', 'zh-CN,zh;q=0.9')).toBe('en');
    expect(dashboardLanguage('lang=zh', 'en')).toBe('zh');
    expect(dashboardLanguage('lang=fr', 'de, en-GB;q=0.8, zh;q=0.5')).toBe('en');
    expect(dashboardLanguage('', 'zh-TW, en')).toBe('zh');
    expect(dashboardLanguage('', '')).toBe('zh');
    expect(dashboardLanguage('', 'english')).toBe('zh');
  });
});

describe('the dashboard in a browser', () => {
  it('shows what /stats says', async () => {
    const page = await dashboardInAPage(() => stats());
    expect(page.fetched).toEqual(['/stats']);
    const shown = [
      'service',
      'version',
      'uptime',
      'total',
      'succeeded',
      'failed',
      'success-rate',
      'latency',
    ].map(page.text);
    expect(shown).toEqual(['AIProxy', '2.0.0', '1 天 1 小时 1 分 1 秒', '4', '3', '1', '75.00%', '1.500 秒']);
    expect(page.element('success-bar').style.width).toBe('75%');
  });

  it('lists every channel in three columns, with names as text', async () => {
    const page = await dashboardInAPage(() => stats());
    expect(page.rows()).toEqual([
      ['阿里云百炼', '4', '活跃'],
      ['<script>alert(1)</script>', '0', '非活跃'],
    ]);
  });

  it('says that there was no request yet', async () => {
    const page = await dashboardInAPage(() => stats(0));
    expect([page.text('last'), page.text('success-rate'), page.text('latency')]).toEqual([
      '暂无',
      '0.00%',
      '0.000 秒',
    ]);
  });

  it('counts down from five seconds and then reads again', async () => {
    const page = await dashboardInAPage(() => stats());
    expect(page.text('countdown')).toBe('下次刷新: 5秒');
    await page.pass(4);
    expect([page.text('countdown'), page.fetched.length]).toEqual(['下次刷新: 1秒', 1]);
    await page.pass(1);
    expect([page.text('countdown'), page.fetched.length]).toEqual(['下次刷新: 5秒', 2]);
  });

  it('stops when that is chosen, and remembers it over a reload', async () => {
    const stored = new Map<string, string>();
    const page = await dashboardInAPage(() => stats(), stored);
    page.element('period').choose('0');
    await page.pass(100);
    expect([page.text('countdown'), page.fetched.length]).toEqual(['自动刷新已关闭', 1]);
    const reloaded = await dashboardInAPage(() => stats(), stored);
    expect([reloaded.element('period').value, reloaded.text('countdown')]).toEqual(['0', '自动刷新已关闭']);
  });

  it('takes the usual five seconds where what is stored makes no sense or storage is switched off', async () => {
    for (const stored of [new Map([['aiproxy.dashboard.refresh', '7; drop']]), null]) {
      const page = await dashboardInAPage(() => stats(), stored);
      expect(page.element('period').value).toBe('5');
      page.element('period').choose('30');
      expect(page.text('countdown')).toBe('下次刷新: 30秒');
    }
  });
});

describe('the dashboard when /stats does not answer', () => {
  it('says why, keeps what it knew and recovers by itself', async () => {
    const replies: StatsReply[] = [stats(), { status: 403, body: null }, new Error('refused'), stats(5)];
    const page = await dashboardInAPage(() => replies.shift() ?? stats());
    await page.pass(5);
    expect([page.text('problem'), page.element('problem').hidden]).toEqual([
      '无法读取统计数据：HTTP 403',
      false,
    ]);
    await page.pass(5);
    expect([page.text('problem'), page.text('total')]).toEqual(['无法读取统计数据：AIProxy 没有应答', '4']);
    await page.pass(5);
    expect([page.element('problem').hidden, page.text('total')]).toEqual([true, '5']);
  });
});
