import type { Ruling } from "../../claims/verdict.ts";
import { reportStyle } from "../html-style.ts";
import { Html, html } from "../html-template.ts";
import type { Comparison } from "./compare.ts";
import { countsOf } from "./counts.ts";
import { figureText } from "./figure-text.ts";
import type { ComparedFigure, ComparedScenario } from "./figures.ts";
import { countLines, limits, method, noticesOn, runLines, verdictCounts } from "./sentences.ts";

/** The chart of a comparison, as it stands in the page. */
export interface PageChart {
  readonly svg: string;
  readonly description: string;
}

/** A comparison as one page that needs nothing else. */
export function htmlComparison(comparison: Comparison, chart: PageChart | undefined): string {
  const { a, b, circumstances, scenarios, elsewhere } = comparison;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Two runs compared: ${a.id} and ${b.id}</title>
<style>${new Html(reportStyle)}${new Html(pageStyle)}</style>
</head>
<body>
<header>
<h1>Two runs compared</h1>
${runLines(comparison).map((line) => html`<p class="soft">${line}</p>\n`)}
${noticesOn(comparison).map(({ word, text }) => html`<p class="notice" role="note"><strong>${word}</strong> ${text}</p>\n`)}
<nav aria-label="Contents"><ul>
<li><a href="#verdicts">Verdicts</a></li>
<li><a href="#differences">Where they differ</a></li>
<li><a href="#circumstances">What differs between the runs</a></li>
${scenarios.map(({ scenario: { name } }) => html`<li><a href="#scenario-${name}">${name}</a></li>\n`)}<li><a href="#method">Method</a></li>
</ul></nav>
</header>
<main>
${verdictsSection(comparison)}<section aria-labelledby="differences">
<h2 id="differences">Where they differ</h2>
${countLines(comparison).map((line) => html`<p>${line}</p>\n`)}
${chart === undefined ? undefined : html`<figure><div class="scroll chart" role="img" aria-label="${chart.description}" tabindex="0">${new Html(chart.svg.trim())}</div></figure>`}
</section>
<section aria-labelledby="circumstances">
<h2 id="circumstances">What differs between the runs</h2>
${table(
  "Circumstances of the two runs",
  ["what", "A", "B"],
  circumstances.differ.map(
    ({ name, a, b }) =>
      html`<tr><th scope="row" class="sentence">${name}</th><td>${a}</td><td>${b}</td></tr>\n`,
  ),
)}
<p class="soft">Alike: ${circumstances.alike.join(", ")}.</p>
</section>
${scenarios.map(scenarioSection)}${
  elsewhere.length === 0
    ? undefined
    : html`<section aria-labelledby="elsewhere">
<h2 id="elsewhere">In one run alone</h2>
<p>${elsewhere.map(({ scenario, onlyIn }) => `${scenario} in ${onlyIn}`).join(", ")}.</p>
</section>
`
}<section aria-labelledby="method">
<h2 id="method">How it was compared, and what it does not say</h2>
<p>${method}</p>
<ul>
${limits.map((limit) => html`<li>${limit}</li>\n`)}</ul>
</section>
</main>
</body>
</html>
`;
  return page.text;
}

const pageStyle = `
td.change { white-space: nowrap; }
.better { color: var(--yes); }
.worse { color: var(--notice); }
.unseen td, .unseen th { color: var(--soft); }
summary { cursor: pointer; margin: .75rem 0; }
`;

function verdictsSection({ verdicts }: Comparison): Html {
  const side = (ruling: Ruling, measured: string, because: string | undefined) =>
    html`<td><strong class="ruling ${ruling}">${ruling}</strong>, <span class="measured">${measured}</span>${because === undefined ? undefined : html`<span class="spread">${because}</span>`}</td>`;
  return html`<section aria-labelledby="verdicts">
<h2 id="verdicts">Verdicts</h2>
<p>${verdictCounts(verdicts)}</p>
${
  verdicts.changed.length === 0
    ? undefined
    : table(
        "Claims that the two runs judge differently",
        ["claim", "A", "B"],
        verdicts.changed.map(
          ({ title, a, b }) =>
            html`<tr><th scope="row" class="sentence">${title}</th>${side(a.ruling, a.measured, a.because)}${side(b.ruling, b.measured, b.because)}</tr>\n`,
        ),
      )
}
</section>
`;
}

/** What answers the question stands open, what it cost is opened by whoever wants it. */
function scenarioSection({ scenario, figures, apart }: ComparedScenario): Html {
  const { name, question } = scenario;
  const of = (role: ComparedFigure["role"]) => figures.filter((figure) => figure.role === role);
  const [answers, costs] = [of("answer"), of("cost")];
  const { compared, differ } = countsOf(costs);
  return html`<section aria-labelledby="scenario-${name}">
<h2 id="scenario-${name}">${name}</h2>
<p class="soft">${question}</p>
${answers.length === 0 ? undefined : figuresTable(`${name}: what was measured`, answers)}
${costs.length === 0 ? undefined : html`<details><summary>What it cost: ${differ} of ${compared} figures differ</summary>${figuresTable(`${name}: what it cost`, costs)}</details>`}
${apart.length === 0 ? undefined : html`<ul class="remarks">\n${apart.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>`}
</section>
`;
}

function figuresTable(caption: string, figures: readonly ComparedFigure[]): Html {
  return table(caption, ["figure", "A", "B", "B/A (95 %)", "B is"], figures.map(figureRow));
}

function figureRow(figure: ComparedFigure): Html {
  const { what, a, b, spreadA, spreadB, change, word } = figureText(figure);
  const differs = figure.word === "higher" || figure.word === "lower";
  return html`<tr${differs ? undefined : html` class="unseen"`}><th scope="row" class="sentence">${what}</th><td class="figure">${a}<span class="spread">${spreadA}</span></td><td class="figure">${b}<span class="spread">${spreadB}</span></td><td class="figure change">${change}</td><td class="${figure.reads ?? ""}">${word}</td></tr>\n`;
}

function table(caption: string, titles: readonly string[], rows: readonly Html[]): Html {
  const isFigure = (title: string) => ["A", "B", "B/A (95 %)"].includes(title) && titles.length > 3;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption><span>${caption}</span></caption>
<thead><tr>${titles.map((title) => html`<th scope="col"${isFigure(title) ? html` class="figure"` : undefined}>${title}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>`;
}
