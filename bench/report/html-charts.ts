import { gzipSync } from "node:zlib";
import type { Spec } from "vega";
import type { DrawnChart, PictureTable } from "../charts/chart.ts";
import type { PlacedCharts } from "./chart-places.ts";
import { placeLink, placeOf } from "./html-places.ts";
import { rowStart, tableFrame, tableHead } from "./html-table.ts";
import { Html, html } from "./html-template.ts";

/** The charts that stand at a place, and links to those that bear on it from elsewhere. */
export function placedCharts(charts: PlacedCharts | undefined): Html {
  const { here = [], elsewhere = [] } = charts ?? {};
  return html`${here.map(chartFigure)}${
    elsewhere.length === 0
      ? undefined
      : html`<p class="see">See also ${elsewhere.length === 1 ? "the chart" : "the charts"}: ${elsewhere.map(
          ({ name, description }, index) =>
            html`${index === 0 ? "" : "; "}<a href="#${placeOf.chart(name)}">${sentenceWithoutEnd(description)}</a>`,
        )}.</p>\n`
  }`;
}

/**
 * A picture that says all by itself, also without a script and on paper; the figures behind it as a table; and, where a
 * reader can point at something, what it takes to draw it again.
 */
export function chartFigure({ name, description, svg, vega, table }: DrawnChart): Html {
  const place = placeOf.chart(name);
  const tells = /"tooltip":/.test(JSON.stringify(vega));
  return html`<figure id="${place}">
<div class="scroll chart" role="img" aria-labelledby="${place}-shows" tabindex="0">${new Html(drawing(svg))}</div>
${tells || canFocus(vega) ? html`<script type="application/gzip">${packed(vega)}</script>\n` : undefined}<figcaption><span id="${place}-shows">${description}</span> ${placeLink(place, "this chart")}${
    tells ? html` <span class="keys">← and → go through its figures.</span>` : undefined
  }</figcaption>
${figuresBehind(name, table)}</figure>
`;
}

function figuresBehind(chart: string, { columns, rows }: PictureTable): Html {
  const ofServers = rows.some(({ server }) => server !== undefined);
  const content = html`${tableHead(columns)}<tbody>
${rows.map(
  ({ server, cells: [first = "", ...others] }) =>
    html`${rowStart(server)}<th scope="row" class="sentence">${first}</th>${others.map((text) => html`<td>${text}</td>`)}</tr>\n`,
)}</tbody>
`;
  const frame = { place: placeOf.figures(chart), caption: "The figures of the chart", kind: "behind" };
  return html`<details>
<summary>The figures as a table</summary>
${tableFrame({ ...frame, label: `The figures of the chart ${chart}`, ofServers }, content)}
</details>
`;
}

/** The page has one dark style for all its charts. */
function drawing(svg: string): string {
  return svg.trim().replace(/<style>[^<]*<\/style>/, "");
}

/** Whether what is about other servers than those that a reader looks at can fade. */
function canFocus({ signals = [] }: Spec): boolean {
  return signals.some(({ name }) => name === "focus");
}

/** A tenth of its size, and nothing in it could end a script. */
function packed(value: object): string {
  return gzipSync(JSON.stringify(value), { level: 9 }).toString("base64");
}

function sentenceWithoutEnd(text: string): string {
  return text.replace(/\.$/, "");
}
