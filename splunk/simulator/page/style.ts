import { trusted } from '@/splunk/simulator/page/html';

/** The page's style sheet: Tracekeep's faces and tokens, whose contrast is checked in both themes. */
export const style = trusted(`
@font-face { font-family: 'Inter Variable'; src: url(/simulator/inter.woff2) format('woff2-variations'); font-weight: 100 900; font-display: swap; }
@font-face { font-family: 'JetBrains Mono Variable'; src: url(/simulator/jetbrains-mono.woff2) format('woff2-variations'); font-weight: 100 800; font-display: swap; }
:root { color-scheme: light dark;
  --canvas: #f7f7f5; --surface: #ffffff; --sunken: #f1f1ee; --line: #e3e2dd; --line-strong: #cfcdc6; --control: #8b8981;
  --text: #1b1b19; --muted: #62605a; --accent: #0f5c73; --accent-soft: #e3f0f3; --on-accent: #ffffff;
  --ok: #176b3a; --ok-soft: #e4f3e9; --warn: #8a4b08; --warn-soft: #fcf0dc; --bad: #a3201d; --bad-soft: #fbe7e5;
  --shadow: 0 1px 2px rgb(27 27 25 / 5%);
  --sans: 'Inter Variable', system-ui, sans-serif; --mono: 'JetBrains Mono Variable', ui-monospace, monospace; }
@media (prefers-color-scheme: dark) { :root {
  --canvas: #0e1214; --surface: #14191c; --sunken: #0b0f11; --line: #242c30; --line-strong: #374248; --control: #6a787f;
  --text: #e7ebec; --muted: #9eaab0; --accent: #6bbfd4; --accent-soft: #12303a; --on-accent: #06222b;
  --ok: #69c98d; --ok-soft: #11291b; --warn: #e5b567; --warn-soft: #2e2413; --bad: #f08e88; --bad-soft: #351a19; --shadow: 0 1px 2px rgb(0 0 0 / 24%); } }
* { box-sizing: border-box; margin: 0; }
body { background: var(--canvas); color: var(--text); font: 14px/20px var(--sans); overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre, time, .number { font-family: var(--mono); font-size: 12.5px; font-variant-numeric: tabular-nums; font-variant-ligatures: none; }
header { border-bottom: 1px solid var(--line); background: var(--surface); }
header > div { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; min-height: 52px; padding: 8px 28px; }
main, header > div { max-width: 1120px; margin: 0 auto; }
main { padding: 24px 28px 48px; }
.mark { color: var(--accent); flex: none; }
.brand { font-weight: 600; }
.chip { display: inline-flex; align-items: center; gap: 5px; padding: 1px 9px; border-radius: 13px; font-size: 12.5px; font-weight: 550; }
.chip.ok { color: var(--ok); background: var(--ok-soft); } .chip.warn { color: var(--warn); background: var(--warn-soft); }
.chip.bad { color: var(--bad); background: var(--bad-soft); } .chip.plain { color: var(--muted); background: var(--sunken); }
h1 { font-size: 22px; line-height: 28px; font-weight: 650; letter-spacing: -0.01em; }
h2 { font-size: 15px; font-weight: 620; }
.lead { color: var(--muted); margin-top: 2px; }
.chip svg { flex: none; } .card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); margin-top: 20px; overflow: clip; }
.card > h2, .heading { padding: 14px 18px; } .card > h2, .card > .heading, .alert { border-bottom: 1px solid var(--line); }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); }
.figures > div { padding: 14px 18px; border-left: 1px solid var(--line); } .figures > div:first-child { border-left: 0; }
.figures dt { color: var(--muted); font-size: 12.5px; }
.figures dd { font-size: 20px; line-height: 28px; font-weight: 620; font-variant-numeric: tabular-nums; }
.figures small { display: block; color: var(--muted); font-size: 12.5px; line-height: 18px; font-weight: 400; }
.heading { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; }
.heading form { margin-left: auto; }
.alert { background: var(--warn-soft); box-shadow: inset 3px 0 var(--warn); }
.row.fault { grid-template-columns: max-content minmax(0, 1fr) auto; }
.inline { display: inline-flex; align-items: center; gap: 8px; padding: 14px 18px 0; color: var(--muted); font-size: 12.5px; }
select { height: 34px; padding: 0 8px; font: inherit; color: var(--text); background: var(--surface); border: 1px solid var(--control); border-radius: 8px; }
.groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 16px; padding: 14px 18px 18px; }
.groups > div { display: flex; flex-direction: column; gap: 8px; }
h3 { color: var(--muted); font-size: 12.5px; font-weight: 550; }
.rehearsal { display: block; height: auto; min-height: 44px; padding: 6px 11px; text-align: left; line-height: 18px; }
.rehearsal > span { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; font-weight: 400; }
.rehearsal strong { font-weight: 550; } .rehearsal small { display: block; text-wrap: pretty; color: var(--muted); font-size: 12px; line-height: 16px; font-weight: 400; }
#rehearse-line { color: var(--text); font-size: 14px; font-weight: 550; }
button:hover, .button:hover { border-color: var(--control); }
.indexes { display: flex; flex-wrap: wrap; gap: 8px; list-style: none; padding: 0; }
.indexes a { display: inline-flex; gap: 8px; padding: 3px 11px; border: 1px solid var(--line-strong); border-radius: 999px; text-decoration: none; color: var(--text); }
.indexes a[aria-current] { background: var(--accent-soft); border-color: var(--accent); color: var(--accent); font-weight: 550; }
.filter { display: flex; flex-wrap: wrap; align-items: end; gap: 12px; padding: 14px 18px; border-bottom: 1px solid var(--line); }
.filter label { flex: 1 1 180px; font-size: 12.5px; color: var(--muted); }
input { display: block; width: 100%; height: 34px; margin-top: 4px; padding: 0 10px; font: inherit; color: var(--text); background: var(--surface); border: 1px solid var(--control); border-radius: 8px; }
button, .button { display: inline-flex; align-items: center; height: 34px; padding: 0 14px; font: inherit; font-weight: 550; border-radius: 8px; cursor: pointer; text-decoration: none; border: 1px solid var(--line-strong); background: var(--surface); color: var(--text); box-shadow: var(--shadow); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.rows { list-style: none; padding: 0; } .rows > li + li { border-top: 1px solid var(--line); }
.row { display: grid; grid-template-columns: 200px minmax(0, 1fr) auto; align-items: center; gap: 4px 14px; min-height: 44px; padding: 8px 18px; }
.row time { color: var(--muted); } .row .aside { color: var(--muted); font-size: 12.5px; }
.row > :last-child { display: flex; flex-wrap: wrap; gap: 6px; justify-content: flex-end; }
summary { cursor: pointer; list-style: none; } summary::-webkit-details-marker { display: none; }
summary > :first-child::before { content: ''; display: inline-block; width: 6px; height: 6px; margin: 0 9px 1px 1px; border: solid var(--muted); border-width: 0 1.5px 1.5px 0; rotate: -45deg; }
details[open] > summary > :first-child::before { rotate: 45deg; }
summary:hover, details[open] > summary { background: var(--sunken); } summary:focus-visible { outline-offset: -2px; }
.inside { padding: 4px 18px 18px; background: var(--sunken); }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 16px; padding: 8px 0 12px; }
.facts dt { color: var(--muted); }
pre { white-space: pre-wrap; padding: 12px 14px; border: 1px solid var(--line); border-radius: 9px; background: var(--surface); }
.empty { padding: 32px 18px; color: var(--muted); text-align: center; }
.note { padding: 10px 18px; color: var(--muted); border-top: 1px solid var(--line); font-size: 12.5px; }
@media (max-width: 720px) {
  main { padding: 20px 16px 40px; } header > div { padding: 8px 16px; }
  .figures { grid-template-columns: 1fr 1fr; } .figures > div:nth-child(odd) { border-left: 0; }
  .figures > div:nth-child(n + 3) { border-top: 1px solid var(--line); }
  .row { grid-template-columns: minmax(0, 1fr); } .row.fault { grid-template-columns: minmax(0, 1fr) auto; }
  .row.fault > .chip { grid-column: 1 / -1; justify-self: start; } .row > :last-child { justify-content: flex-start; } .heading form { margin-left: 0; }
  .facts { grid-template-columns: minmax(0, 1fr); } .facts dd { margin-bottom: 6px; } }
`);
