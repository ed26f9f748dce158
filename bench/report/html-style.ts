import { darkStyle } from "../charts/drawing/dark.ts";
import { printStyle } from "./html-print-style.ts";
import { widgetStyle } from "./html-widget-style.ts";

/** Colours are those of the charts; both schemes have a contrast of 4.5 to 1 or better. */
const schemes = `
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
`;

const layout = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif;
}
.page { padding: 1.25rem 1.25rem 4rem; }
.side { display: contents; }
main { min-width: 0; }
:target, h2, h3, figure, .scroll { scroll-margin-top: 3.5rem; }
@media (min-width: 75rem) {
  .page {
    display: grid; grid-template: "side header" auto "side main" 1fr / 17rem minmax(0, 64rem);
    column-gap: 2.5rem; justify-content: center; padding-block: 0 4rem;
  }
  header { grid-area: header; padding-top: 2rem; }
  main { grid-area: main; }
  .side {
    display: block; grid-area: side; align-self: start; position: sticky; top: 0; max-height: 100vh;
    overflow-y: auto; padding: 0 .5rem 2rem 0; font-size: .9rem;
  }
  :target, h2, h3, figure, .scroll { scroll-margin-top: 1rem; }
}
`;

const text = `
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.5rem; line-height: 1.3; margin: 0; }
h3 { font-size: 1.2rem; line-height: 1.35; margin: 0; }
h4 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
main > section { margin-top: 3rem; padding-top: 1rem; border-top: 3px solid var(--line); }
.claim, .scenario { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.titled { display: flex; align-items: baseline; gap: .5rem; margin-bottom: .5rem; }
p, ul, ol { max-width: 44rem; margin: .5rem 0; }
ul, ol { padding-left: 1.25rem; }
a { color: var(--accent); }
code { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; font-size: .9em; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.counts { font-size: 1.15rem; }
.notice {
  max-width: none; margin: 1rem 0; padding: .75rem 1rem;
  background: var(--notice-band); border-left: 4px solid var(--notice);
}
.remarks { list-style: none; padding: 0; font-size: .9rem; color: var(--soft); }
.remarks li { margin: .3rem 0; padding-left: 1rem; text-indent: -1rem; overflow-wrap: anywhere; }
.then-and-now { display: flex; flex-wrap: wrap; gap: .75rem 3rem; margin: 1rem 0; }
.then-and-now dt { color: var(--soft); font-size: .9rem; }
.then-and-now dd { margin: 0; font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.arms { max-width: 44rem; margin: .75rem 0; font-size: .9rem; }
.arms div { margin: .2rem 0; padding-left: 1rem; text-indent: -1rem; }
.arms dt, .arms dd { display: inline; margin: 0; }
.arms dt { font-weight: 600; }
.arms dt::after { content: ": "; }
.ruling { white-space: nowrap; }
.confirmed, .holds.yes { color: var(--yes); }
.refuted, .holds.no { color: var(--notice); }
.inconclusive, .holds.open { color: var(--soft); }
.data { overflow-wrap: anywhere; }
`;

const tables = `
.scroll { overflow-x: auto; margin: 1.25rem 0 .5rem; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .6rem .75rem; color: var(--soft); }
caption > span { display: block; position: sticky; left: .75rem; max-width: min(100%, calc(100vw - 4rem)); }
.rows-shown { color: var(--notice); }
th, td { padding: .35rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { vertical-align: bottom; background: var(--band); font-weight: 600; }
tbody th { font-weight: 600; white-space: nowrap; background: var(--paper); }
thead th:first-child, tbody th { position: sticky; left: 0; }
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
.measured, .wanted { white-space: nowrap; }
.findings .because { min-width: 15rem; }
.facts th { width: 14rem; font-weight: normal; color: var(--soft); }
.facts td { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
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
`;

const charts = `
figure { margin: 1.5rem 0; }
.chart { background: #ffffff; max-width: calc(47rem + 2px); }
.chart svg { display: block; width: 100%; max-width: 47rem; min-width: 36rem; height: auto; }
figcaption { max-width: 44rem; font-size: .9rem; color: var(--soft); }
@media screen {
@media (prefers-color-scheme: dark) { .chart { background: #14181d; } }
${darkStyle(".chart")}
}
`;

/** The style of report.html. */
export const reportStyle = `${schemes}${layout}${text}${tables}${charts}${widgetStyle}${printStyle}`;
