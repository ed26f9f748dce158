import type { DrawnChart } from "../charts/chart.ts";
import type { Arm, Run } from "../result.ts";
import type { Fact } from "./facts.ts";
import { Html, html } from "./html-template.ts";
import type { Figure, Row, ScenarioTables, Table } from "./tables.ts";

/** Question, arms, conditions, charts, tables and remarks of one scenario. */
export function scenarioSection({ scenario, tables }: ScenarioTables, charts: readonly DrawnChart[]): Html {
  const id = `scenario-${scenario.name}`;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${scenario.question}</h2>
<p class="soft">Scenario <code>${scenario.name}</code>. ${scenario.conditions.join(" ")}</p>
${scenario.arms === undefined ? undefined : armsList(scenario.arms)}
${tables.length === 0 ? html`<p class="notice">Not run: the run ended before this scenario began.</p>` : undefined}
${charts.map(chartFigure)}
${tables.map((table) => resultTables(scenario.name, table))}
</section>
`;
}

/** What a lab compares: its arms are known from nowhere else. */
function armsList(arms: readonly Arm[]): Html {
  return html`<dl class="arms">
${arms.map(({ name, summary }) => html`<div><dt>${name}</dt><dd>${summary}</dd></div>\n`)}</dl>`;
}

/** The figures stand in the tables too, so a chart is one picture to those who cannot see it. */
function chartFigure({ name, description, svg }: DrawnChart): Html {
  return html`<figure id="chart-${name}">
<div class="scroll chart" role="img" aria-label="${description}" tabindex="0">${new Html(svg.trim())}</div>
</figure>
`;
}

/** What was measured, what it cost, and what has to be read with both. */
function resultTables(scenario: string, table: Table): Html {
  const { compares, costs, remarks } = table;
  const [head, withIoModel] =
    compares === "servers" ? (["server", true] as const) : (["arm", false] as const);
  return html`${figuresTable(scenario, table, { head, withIoModel, narrow: false })}
${costs === undefined ? undefined : figuresTable(scenario, costs, { head, withIoModel: false, narrow: true })}
${remarks.length === 0 ? undefined : html`<ul class="remarks">\n${remarks.map((remark) => html`<li>${remark}</li>\n`)}</ul>`}
`;
}

interface Shown {
  readonly head: string;
  readonly withIoModel: boolean;
  /** The costs stand below a table that tells the I/O models, and have so many columns that they need the room. */
  readonly narrow: boolean;
}

function figuresTable(
  scenario: string,
  { caption, columns, rows }: Pick<Table, "caption" | "columns" | "rows">,
  { head, withIoModel, narrow }: Shown,
): Html {
  return html`<div class="scroll" role="region" aria-label="${`${scenario}: ${caption}`}" tabindex="0">
<table${narrow ? html` class="narrow"` : undefined}>
<caption><span>${caption}</span></caption>
<thead><tr><th scope="col">${head}</th>${withIoModel ? html`<th scope="col">I/O model</th>` : undefined}${columns.map(
    ({ title }) => html`<th scope="col" class="figure">${title}</th>`,
  )}</tr></thead>
<tbody>
${rows.map((row) => resultRow(row, columns.length, withIoModel))}</tbody>
</table>
</div>`;
}

function resultRow({ arm, marks, figures }: Row, columns: number, withIoModel: boolean): Html {
  const cells =
    typeof figures === "string"
      ? html`<td class="state" colspan="${columns}">${figures}; see below</td>`
      : figures.map(figureCell);
  return html`<tr><th scope="row">${arm.name}${marks}</th>${withIoModel ? html`<td class="word">${arm.ioModel ?? ""}</td>` : undefined}${cells}</tr>\n`;
}

function figureCell({ text, spread, best }: Figure): Html {
  const value = best ? html`<span class="best">${text}</span>` : html`${text}`;
  const beside = spread === undefined ? undefined : html`<span class="spread">${spread}</span>`;
  return html`<td class="figure">${value}${beside}</td>`;
}

export function serversTable(run: Run): Html {
  return html`<div class="scroll" role="region" aria-label="Servers of the run" tabindex="0">
<table>
<caption><span>The servers of the run, in the order of every table</span></caption>
<thead><tr><th scope="col">server</th><th scope="col">I/O model</th><th scope="col">transport</th><th scope="col">what it is</th></tr></thead>
<tbody>
${run.servers.map(
  ({ name, ioModel, transport, summary }) =>
    html`<tr><th scope="row">${name}</th><td class="word">${ioModel}</td><td class="word">${transport}</td><td>${summary}</td></tr>\n`,
)}</tbody>
</table>
</div>`;
}

export function factsTable(caption: string, facts: readonly Fact[]): Html {
  return html`<table class="facts">
<caption><span>${caption}</span></caption>
<tbody>
${facts.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`)}</tbody>
</table>`;
}
