import { createHash } from 'node:crypto';
import { dashboardScript } from './dashboard-script.ts';
import { DASHBOARD_STYLE } from './dashboard-style.ts';
import { DASHBOARD_TEXTS, type DashboardLanguage, type DashboardTexts } from './dashboard-texts.ts';

/** A page and the `Content-Security-Policy` it is served with. */
export interface DashboardPage {
  readonly html: string;
  readonly csp: string;
}

const item = (label: string, id: string): string => `<div><dt>${label}</dt><dd id="${id}">–</dd></div>`;

const bar = (label: string, id: string): string =>
  `<div class="bar" role="progressbar" aria-label="${label}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0">` +
  `<i id="${id}"></i></div>`;

const PERIODS = [5, 10, 15, 30, 60];

const htmlOf = (texts: DashboardTexts, script: string): string => `<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title}</title>
<style>${DASHBOARD_STYLE}</style>
</head>
<body>
<header>
<h1>${texts.title}</h1>
<nav><a href="/dashboard" aria-current="page">${texts.dashboard}</a><a href="/stats">JSON API</a><a href="/dashboard?lang=${texts.other.language}" lang="${texts.other.language}">${texts.other.name}</a></nav>
<div class="refresh">
<label for="period">${texts.refresh}</label>
<select id="period"><option value="0">${texts.noRefresh}</option>${PERIODS.map((period) => `<option value="${period}">${texts.everySeconds(period)}</option>`).join('')}</select>
<output id="countdown"></output>
</div>
</header>
<main>
<p class="problem" id="problem" role="alert" hidden></p>
<section>
<h2>${texts.system}</h2>
<dl>${item(texts.service, 'service')}${item(texts.version, 'version')}${item(texts.uptime, 'uptime')}${item(texts.keys, 'keys')}${item(texts.updated, 'updated')}</dl>
</section>
<section>
<h2>${texts.requests}</h2>
<dl>${item(texts.total, 'total')}${item(texts.succeeded, 'succeeded')}${item(texts.failed, 'failed')}${item(texts.successRate, 'success-rate')}</dl>
${bar(texts.successRate, 'success-bar')}
<dl>${item(texts.latency, 'latency')}${item(texts.last, 'last')}</dl>
</section>
<section>
<h2>${texts.protocols}</h2>
<dl>${item(texts.http, 'http')}${item(texts.websocket, 'websocket')}${item(texts.connections, 'connections')}${item(texts.connectionRate, 'connection-rate')}</dl>
${bar(texts.connectionRate, 'connection-bar')}
</section>
<section class="wide">
<h2>${texts.channels}</h2>
<div class="scroll">
<table>
<thead><tr><th>${texts.channel}</th><th class="number">${texts.channelRequests}</th><th class="status">${texts.status}</th></tr></thead>
<tbody id="channels"></tbody>
</table>
</div>
</section>
</main>
<footer><time id="now"></time></footer>
<script>${script}</script>
</body>
</html>
`;

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function pageIn(texts: DashboardTexts): DashboardPage {
  const script = dashboardScript(texts);
  return {
    html: htmlOf(texts, script),
    csp:
      `default-src 'none'; script-src ${sha256(script)}; style-src ${sha256(DASHBOARD_STYLE)}; ` +
      `connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

const PAGES: Readonly<Record<DashboardLanguage, DashboardPage>> = {
  en: pageIn(DASHBOARD_TEXTS.en),
  zh: pageIn(DASHBOARD_TEXTS.zh),
};

/** The self-contained page of `GET /dashboard`: its own script and style are the only ones the policy lets run. */
export const dashboardPage = (language: DashboardLanguage): DashboardPage => PAGES[language];
