import { createHash } from 'node:crypto';
import { DASHBOARD_SCRIPT } from './dashboard-script.ts';
import { DASHBOARD_STYLE } from './dashboard-style.ts';

/** A page and the `Content-Security-Policy` it is served with. */
export interface DashboardPage {
  readonly html: string;
  readonly csp: string;
}

const item = (label: string, id: string): string => `<div><dt>${label}</dt><dd id="${id}">–</dd></div>`;

const bar = (label: string, id: string): string =>
  `<div class="bar" role="progressbar" aria-label="${label}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0">` +
  `<i id="${id}"></i></div>`;

const PERIODS = [5, 10, 15, 30, 60]
  .map((period) => `<option value="${period}">${period} 秒</option>`)
  .join('');

const HTML = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AIProxy 统计仪表板</title>
<style>${DASHBOARD_STYLE}</style>
</head>
<body>
<header>
<h1>AIProxy 统计仪表板</h1>
<nav><a href="/dashboard" aria-current="page">仪表板</a><a href="/stats">JSON API</a></nav>
<div class="refresh">
<label for="period">自动刷新</label>
<select id="period"><option value="0">不刷新</option>${PERIODS}</select>
<output id="countdown"></output>
</div>
</header>
<main>
<p class="problem" id="problem" role="alert" hidden></p>
<section>
<h2>系统信息</h2>
<dl>${item('服务', 'service')}${item('版本', 'version')}${item('运行时间', 'uptime')}${item('密钥数量', 'keys')}${item('最后更新', 'updated')}</dl>
</section>
<section>
<h2>请求统计</h2>
<dl>${item('总请求数', 'total')}${item('成功请求', 'succeeded')}${item('失败请求', 'failed')}${item('成功率', 'success-rate')}</dl>
${bar('成功率', 'success-bar')}
<dl>${item('平均响应时间', 'latency')}${item('最后请求', 'last')}</dl>
</section>
<section>
<h2>协议统计</h2>
<dl>${item('HTTP 请求', 'http')}${item('WebSocket 请求', 'websocket')}${item('WebSocket 连接', 'connections')}${item('连接率', 'connection-rate')}</dl>
${bar('连接率', 'connection-bar')}
</section>
<section class="wide">
<h2>渠道统计</h2>
<div class="scroll">
<table>
<thead><tr><th>渠道名称</th><th class="number">请求数</th><th class="status">状态</th></tr></thead>
<tbody id="channels"></tbody>
</table>
</div>
</section>
</main>
<footer><time id="now"></time></footer>
<script>${DASHBOARD_SCRIPT}</script>
</body>
</html>
`;

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const PAGE: DashboardPage = {
  html: HTML,
  csp:
    `default-src 'none'; script-src ${sha256(DASHBOARD_SCRIPT)}; style-src ${sha256(DASHBOARD_STYLE)}; ` +
    `connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** The self-contained page of `GET /dashboard`: its own script and style are the only ones the policy lets run. */
export function dashboardPage(): DashboardPage {
  return PAGE;
}
