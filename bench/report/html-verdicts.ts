import type { DrawnChart } from "../charts/chart.ts";
import type { Verdict } from "../claims/verdict.ts";
import { chartFigure } from "./html-charts.ts";
import { heading, placeOf } from "./html-places.ts";
import { tableFrame, tableHead } from "./html-table.ts";
import { type Html, html } from "./html-template.ts";
import type { VerdictTable } from "./verdicts.ts";

/** Every claim that the run has something to say of, as a picture and in one table, and what that comes to. */
export function verdictsSection(table: VerdictTable, charts: readonly DrawnChart[]): Html {
  const { rows, counts, remarks, toSettle } = table;
  return html`<section aria-labelledby="verdicts">
${heading(2, "verdicts", "Verdicts")}
<p class="counts"><strong>${counts}</strong></p>
<p>What the talk “The Evented Web” claimed in November 2011, made testable, and judged by what this run has measured. A
claim is confirmed when the whole interval of every figure it rests on lies where the claim would have it, refuted when
that of one lies wholly elsewhere, and inconclusive otherwise.</p>
${charts.map(chartFigure)}${rows.length === 0 ? undefined : rowsTable(table)}
${remarks.length === 0 ? undefined : html`<ul class="remarks">\n${remarks.map((remark) => html`<li>${remark}</li>\n`)}</ul>`}
${
  toSettle.length === 0
    ? undefined
    : html`<h3>What would settle the inconclusive</h3>
<ul>
${toSettle.map(({ claims, settledBy }) => html`<li>${settledMark(settledBy)}: ${claims}</li>\n`)}</ul>`
}
</section>
`;
}

function rowsTable({ rows }: VerdictTable): Html {
  const content = html`${tableHead(["claim", "2011 said", "measured here", "verdict"])}<tbody>
${rows.map(
  ({ verdict, title, said2011, measured, ruling }) =>
    html`<tr><th scope="row" class="sentence"><a href="#${placeOf.claim(verdict.claim.name)}">${title}</a></th><td>${said2011}</td><td class="measured">${measured}</td><td>${rulingMark(ruling)}</td></tr>\n`,
)}</tbody>
`;
  return tableFrame(
    { place: "table-verdicts", caption: "The claims, in the order of the talk", kind: "verdicts" },
    content,
  );
}

const signs: Readonly<Record<Verdict["ruling"], string>> = {
  confirmed: "✓",
  refuted: "✗",
  inconclusive: "?",
};

/** The ruling with its sign, so that its colour never stands alone. */
export function rulingMark(ruling: Verdict["ruling"]): Html {
  return html`<strong class="ruling ${ruling}"><span aria-hidden="true">${signs[ruling]} </span>${ruling}</strong>`;
}

/** A command, or words where none would do. */
export function settledMark(settledBy: string): Html {
  return settledBy.startsWith("npm ") ? html`<code>${settledBy}</code>` : html`${settledBy}`;
}
