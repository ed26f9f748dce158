import type { Arm, Run } from "../result.ts";
import type { ChartPlaces, PlacedCharts } from "./chart-places.ts";
import { chartFigure, placedCharts } from "./html-charts.ts";
import { heading, placeOf } from "./html-places.ts";
import { rowStart, tableFrame, tableHead } from "./html-table.ts";
import { type Html, html } from "./html-template.ts";
import type { Figure, Row, ScenarioTables, Table } from "./tables.ts";

/** The servers, and what each scenario and each lab has measured. */
export function serversSection(run: Run, results: readonly ScenarioTables[], charts: ChartPlaces): Html {
  return html`<section aria-labelledby="servers">
${heading(2, "servers", "The servers and what was measured")}
<p>Every server is the same service; they differ in the I/O model and the transport alone. A lab compares arms of its own
in their place.</p>
${serversTable(run)}
${charts.ofServers.map(chartFigure)}${results.map((result) =>
  scenarioSection(result, charts.ofScenario.get(result.scenario.name)),
)}</section>
`;
}

function serversTable({ servers }: Run): Html {
  const content = html`${tableHead(["server", "I/O model", "transport", "what it is"])}<tbody>
${servers.map(
  ({ name, ioModel, transport, summary }) =>
    html`${rowStart(name)}<th scope="row">${name}</th><td class="word">${ioModel}</td><td class="word">${transport}</td><td>${summary}</td></tr>\n`,
)}</tbody>
`;
  const caption = "The servers of the run, in the order of every table";
  return tableFrame({ place: "table-servers", caption, ofServers: true }, content);
}

/** Question, arms, conditions, charts, tables and remarks of one scenario. */
function scenarioSection({ scenario, tables }: ScenarioTables, charts: PlacedCharts | undefined): Html {
  const place = placeOf.scenario(scenario.name);
  return html`<section class="scenario" aria-labelledby="${place}">
${heading(3, place, scenario.question)}
<p class="soft">Scenario <code>${scenario.name}</code>. ${scenario.conditions.join(" ")}</p>
${scenario.arms === undefined ? undefined : armsList(scenario.arms)}
${tables.length === 0 ? html`<p class="notice">Not run: the run ended before this scenario began.</p>` : undefined}
${placedCharts(charts)}${tables.map((table) => resultTables(scenario.name, table))}
</section>
`;
}

/** What a lab compares: its arms are known from nowhere else. */
function armsList(arms: readonly Arm[]): Html {
  return html`<dl class="arms">
${arms.map(({ name, summary }) => html`<div><dt>${name}</dt><dd>${summary}</dd></div>\n`)}</dl>`;
}

/** What was measured, what it cost, and what has to be read with both. */
function resultTables(scenario: string, table: Table): Html {
  const { point, compares, costs, remarks } = table;
  const ofServers = compares === "servers";
  return html`${figuresTable(scenario, table, { place: placeOf.results(scenario, point), ofServers, withIoModel: ofServers, kind: "results" })}
${costs === undefined ? undefined : figuresTable(scenario, costs, { place: placeOf.costs(scenario, point), ofServers, withIoModel: false, kind: "narrow" })}
${remarks.length === 0 ? undefined : html`<ul class="remarks">\n${remarks.map((remark) => html`<li>${remark}</li>\n`)}</ul>`}
`;
}

interface Shown {
  readonly place: string;
  readonly ofServers: boolean;
  readonly withIoModel: boolean;
  /** The costs stand below a table that tells the I/O models, and have so many columns that they need the room. */
  readonly kind: "results" | "narrow";
}

function figuresTable(
  scenario: string,
  { caption, columns, rows }: Pick<Table, "caption" | "columns" | "rows">,
  { place, ofServers, withIoModel, kind }: Shown,
): Html {
  const titles = columns.map(({ title }) => ({ figure: title }));
  const heads = [ofServers ? "server" : "arm", ...(withIoModel ? ["I/O model"] : []), ...titles];
  const content = html`${tableHead(heads)}<tbody>
${rows.map((row) => resultRow(row, columns.length, { ofServers, withIoModel }))}</tbody>
`;
  return tableFrame({ place, caption, label: `${scenario}: ${caption}`, kind, ofServers }, content);
}

function resultRow(
  { arm, marks, figures }: Row,
  columns: number,
  { ofServers, withIoModel }: Pick<Shown, "ofServers" | "withIoModel">,
): Html {
  const cells =
    typeof figures === "string"
      ? html`<td class="state" colspan="${columns}">${figures}; see below</td>`
      : figures.map(figureCell);
  return html`${rowStart(ofServers ? arm.name : undefined)}<th scope="row">${arm.name}${marks}</th>${withIoModel ? html`<td class="word">${arm.ioModel ?? ""}</td>` : undefined}${cells}</tr>\n`;
}

function figureCell({ text, spread, best }: Figure): Html {
  const value = best ? html`<span class="best">${text}</span>` : html`${text}`;
  const beside = spread === undefined ? undefined : html`<span class="spread">${spread}</span>`;
  return html`<td class="figure">${value}${beside}</td>`;
}
