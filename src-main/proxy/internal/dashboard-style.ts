/** The style of `/dashboard`; stands in the page itself, so that it needs no second request. */
export const DASHBOARD_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --line: #e2e5ea; --text: #1c2330; --soft: #5b6575;
  --accent: #2459c9; --good: #18794e; --bad: #b3261e; --idle: #6b7280; --track: #e6e9ef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151b; --card: #1b1f27; --line: #2d333f; --text: #e7eaf0; --soft: #9aa4b5;
    --accent: #84aaff; --good: #5cc998; --bad: #ff8a80; --idle: #97a0ae; --track: #2b313c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
header, main, footer { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
header {
  display: flex; flex-wrap: wrap; align-items: center; gap: 10px 24px; padding-top: 22px; padding-bottom: 18px;
}
h1 { margin: 0; font-size: 21px; font-weight: 650; }
nav { display: flex; gap: 18px; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
a[aria-current] { color: var(--text); font-weight: 600; }
.refresh { display: flex; align-items: center; gap: 10px; margin-left: auto; color: var(--soft); }
.refresh output { min-width: 7.5em; text-align: right; font-variant-numeric: tabular-nums; }
select {
  padding: 4px 8px; border: 1px solid var(--line); border-radius: 6px;
  background: var(--card); color: var(--text); font: inherit;
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
main { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 16px; }
section { padding: 16px 18px 18px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
section, .problem { min-width: 0; }
.wide, .problem { grid-column: 1 / -1; }
h2 { margin: 0 0 10px; font-size: 15px; font-weight: 650; }
dl { margin: 0; }
dl > div { display: flex; justify-content: space-between; gap: 16px; padding: 5px 0; }
dt { flex: none; color: var(--soft); }
dd { margin: 0; min-width: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.bar { height: 6px; margin: 4px 0 6px; border-radius: 3px; background: var(--track); overflow: hidden; }
.bar i { display: block; width: 0; height: 100%; border-radius: 3px; background: var(--good); }
.scroll { max-height: 60vh; overflow: auto; }
table { width: 100%; border-collapse: collapse; }
th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-weight: 500; text-align: left; }
th, td { padding: 7px 16px 7px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; white-space: nowrap; }
tbody tr:last-child td { border-bottom: 0; }
.name { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 3; }
.number { width: 8em; text-align: right; font-variant-numeric: tabular-nums; }
.status { width: 6em; padding-left: 24px; }
.active { color: var(--good); }
.inactive { color: var(--idle); }
.empty { color: var(--soft); }
.problem { margin: 0; color: var(--bad); }
footer { padding-top: 18px; padding-bottom: 26px; color: var(--soft); text-align: center; font-variant-numeric: tabular-nums; }
@media (max-width: 768px) {
  main { grid-template-columns: minmax(0, 1fr); }
  header, main, footer { padding-left: 14px; padding-right: 14px; }
  .refresh { margin-left: 0; }
  .refresh output { text-align: left; }
  .number { width: 5em; }
  .status { width: 4.5em; padding-left: 0; }
}
`;
