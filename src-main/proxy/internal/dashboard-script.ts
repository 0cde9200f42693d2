import type { DashboardTexts } from './dashboard-texts.ts';

/**
 * What `/dashboard` does in the browser: reads `/stats` again and again and shows it. Values go into the page as
 * text only, so that a channel's name can hold whatever it likes.
 */
export const dashboardScript = (texts: DashboardTexts): string => `
'use strict';
const TEXTS = ${JSON.stringify(texts.script)};
const LANGUAGE = ${JSON.stringify(texts.language)};
const CHOICE = 'aiproxy.dashboard.refresh';
const PERIODS = [0, 5, 10, 15, 30, 60];
const element = (id) => document.getElementById(id);
const show = (id, text) => { element(id).textContent = text; };
const number = (value) => value.toLocaleString(LANGUAGE);
const time = (date) => date.toLocaleString(LANGUAGE, { hour12: false });
const uptime = (seconds) => {
  const parts = [[86400, TEXTS.days], [3600, TEXTS.hours], [60, TEXTS.minutes]].map(([size, unit]) => {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    return count > 0 ? count + ' ' + unit + ' ' : '';
  });
  return parts.join('') + seconds + ' ' + TEXTS.seconds;
};

const bar = (id, rate) => {
  const filled = Math.min(100, Math.max(0, parseFloat(rate) || 0));
  element(id).style.width = filled + '%';
  element(id).parentElement.setAttribute('aria-valuenow', String(filled));
};

const tag = (name, className, ...children) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};

const row = (channel) => {
  const active = channel.status === 'active';
  const name = tag('span', 'name', channel.name);
  name.title = channel.name;
  return tag('tr', '',
    tag('td', '', name),
    tag('td', 'number', number(channel.requests)),
    tag('td', active ? 'status active' : 'status inactive', active ? TEXTS.active : TEXTS.inactive),
  );
};

const showChannels = (channels) => {
  const rows = Object.values(channels).map(row);
  if (rows.length === 0) {
    const none = tag('td', 'empty', TEXTS.noChannels);
    none.colSpan = 3;
    rows.push(tag('tr', '', none));
  }
  element('channels').replaceChildren(...rows);
};

const showStats = (stats) => {
  show('service', stats.service);
  show('version', stats.version);
  show('uptime', uptime(stats.uptime_seconds));
  show('keys', number(stats.api_keys_count));
  show('updated', time(new Date(stats.timestamp * 1000)));
  show('total', number(stats.total_requests));
  show('succeeded', number(stats.successful_requests));
  show('failed', number(stats.failed_requests));
  show('success-rate', stats.success_rate);
  bar('success-bar', stats.success_rate);
  show('latency', stats.avg_response_time + ' ' + TEXTS.seconds);
  show('last', stats.last_request_time === 0 ? TEXTS.noRequest : time(new Date(stats.last_request_time * 1000)));
  const protocols = stats.protocol_stats;
  show('http', number(protocols.http_requests));
  show('websocket', number(protocols.websocket_requests));
  show('connections', number(protocols.websocket_connections));
  show('connection-rate', protocols.websocket_connection_rate);
  bar('connection-bar', protocols.websocket_connection_rate);
  showChannels(stats.channel_stats);
};

const problem = (text) => {
  show('problem', text);
  element('problem').hidden = text === '';
};

const refresh = async () => {
  try {
    const answer = await fetch('/stats', { cache: 'no-store', signal: AbortSignal.timeout(10000) });
    if (!answer.ok) return problem(TEXTS.unreadable + 'HTTP ' + answer.status);
    showStats(await answer.json());
    problem('');
  } catch {
    problem(TEXTS.unreadable + TEXTS.silent);
  }
};

const stored = () => {
  try {
    const period = Number(localStorage.getItem(CHOICE) ?? 5);
    return PERIODS.includes(period) ? period : 5;
  } catch {
    return 5;
  }
};
const store = (period) => {
  try { localStorage.setItem(CHOICE, String(period)); } catch { /* Storage may be switched off; the choice then lasts as long as the page. */ }
};

let period = stored();
let left = period;
const showCountdown = () => show('countdown', period === 0 ? TEXTS.off : TEXTS.next.replace('{seconds}', left));
const tick = () => {
  show('now', time(new Date()));
  if (period > 0) left -= 1;
  if (period > 0 && left <= 0) {
    left = period;
    refresh();
  }
  showCountdown();
};

element('period').value = String(period);
element('period').addEventListener('change', (event) => {
  period = Number(event.target.value);
  left = period;
  store(period);
  showCountdown();
  if (period > 0) refresh();
});
show('now', time(new Date()));
showCountdown();
refresh();
setInterval(tick, 1000);
`;
