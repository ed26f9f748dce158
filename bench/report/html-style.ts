/** The style of report.html. Colours are those of the charts; both schemes have a contrast of 4.5 to 1 or better. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d8dee4; --band: #f6f8fa;
  --accent: #0072b2; --notice: #8a2c0d; --notice-band: #fff4ec; --yes: #1a6b3c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --ink: #e6edf3; --soft: #9ba7b4; --line: #343b44; --band: #1c2229;
    --accent: #6cb8e6; --notice: #ffb08a; --notice-band: #33201a; --yes: #6fce97;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 56rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif;
}
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 3rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p, ul, ol { max-width: 44rem; margin: .5rem 0; }
ul, ol { padding-left: 1.25rem; }
a { color: var(--accent); }
code { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; font-size: .9em; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.notice {
  max-width: none; margin: 1rem 0; padding: .75rem 1rem;
  background: var(--notice-band); border-left: 4px solid var(--notice);
}
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
figure { margin: 1.25rem 0; }
.scroll { overflow-x: auto; margin: 1.25rem 0 .5rem; border: 1px solid var(--line); border-radius: 6px; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.chart { background: #ffffff; }
.chart svg { display: block; margin: 0 auto; width: 100%; max-width: 47rem; min-width: 36rem; height: auto; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .6rem .75rem; color: var(--soft); }
.scroll caption span { display: block; position: sticky; left: .75rem; max-width: min(100%, calc(100vw - 4rem)); }
th, td { padding: .35rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { vertical-align: bottom; background: var(--band); font-weight: 600; }
tbody th { font-weight: 600; white-space: nowrap; }
.scroll thead th:first-child, .scroll tbody th { position: sticky; left: 0; }
.scroll tbody th { background: var(--paper); }
.word { white-space: nowrap; }
tbody th.sentence { white-space: normal; font-weight: normal; min-width: 11rem; }
.figure { text-align: right; }
th.figure { min-width: 6.5rem; }
td.figure { white-space: nowrap; }
.narrow { font-size: .85rem; }
.narrow th, .narrow td { padding: .35rem .5rem; }
.narrow th.figure { min-width: 4.5rem; }
.spread { display: block; color: var(--soft); font-size: .85em; }
.best { font-weight: 700; }
.state { color: var(--notice); font-style: italic; }
.remarks { list-style: none; padding: 0; font-size: .9rem; color: var(--soft); }
.remarks li { margin: .3rem 0; padding-left: 1rem; text-indent: -1rem; overflow-wrap: anywhere; }
.ruling { white-space: nowrap; }
.confirmed, .holds.yes { color: var(--yes); }
.refuted, .holds.no { color: var(--notice); }
.inconclusive, .holds.open { color: var(--soft); }
.then-and-now { display: flex; flex-wrap: wrap; gap: .75rem 3rem; margin: 1rem 0; }
.then-and-now dt { color: var(--soft); font-size: .9rem; }
.then-and-now dd { margin: 0; font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.measured, .wanted { white-space: nowrap; }
.findings .because { min-width: 15rem; }
.arms { max-width: 44rem; margin: .75rem 0; font-size: .9rem; }
.arms div { margin: .2rem 0; padding-left: 1rem; text-indent: -1rem; }
.arms dt, .arms dd { display: inline; margin: 0; }
.arms dt { font-weight: 600; }
.arms dt::after { content: ": "; }
.facts th { width: 14rem; font-weight: normal; color: var(--soft); }
.facts td { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  body { padding-top: 1.25rem; }
  h1 { font-size: 1.4rem; }
  th, td { padding: .35rem .5rem; }
  .word { white-space: normal; }
  tbody th.sentence { min-width: 9rem; }
  .verdicts { font-size: .8rem; }
  .verdicts th, .verdicts td { padding: .3rem .35rem; }
  .verdicts tbody th.sentence { min-width: 7rem; }
  .verdicts .measured { white-space: normal; }
  .facts th { width: 9rem; white-space: normal; }
}
@media print {
  :root {
    --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --band: #ffffff;
    --accent: #000000; --notice: #8a2c0d; --notice-band: #ffffff; --yes: #1a6b3c;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  .scroll { overflow: visible; border: 0; }
  .chart svg { min-width: 0; }
  figure, .scroll, tr { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
}
`;
