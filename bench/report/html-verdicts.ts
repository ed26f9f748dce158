import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { type Html, html } from "./html-template.ts";
import { type VerdictTable, verdictTable } from "./verdicts.ts";

/** Every claim that the run has something to say of in one table, and what that comes to. */
export function verdictsSection(run: Run, verdicts: readonly Verdict[]): Html {
  const table = verdictTable(run, verdicts);
  const { rows, counts, remarks, toSettle } = table;
  return html`<section aria-labelledby="verdicts">
<h2 id="verdicts">Verdicts</h2>
<p>What the talk “The Evented Web” claimed in November 2011, made testable, and judged by what this run has measured. A
claim is confirmed when the whole interval of every figure it rests on lies where the claim would have it, refuted when
that of one lies wholly elsewhere, and inconclusive otherwise.</p>
<p><strong>${counts}</strong></p>
${rows.length === 0 ? undefined : rowsTable(table)}
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
  return html`<div class="scroll" role="region" aria-label="Verdicts" tabindex="0">
<table class="verdicts">
<caption><span>The claims, in the order of the talk</span></caption>
<thead><tr><th scope="col">claim</th><th scope="col">2011 said</th><th scope="col">measured here</th><th scope="col">verdict</th></tr></thead>
<tbody>
${rows.map(
  ({ verdict, title, said2011, measured, ruling }) =>
    html`<tr><th scope="row" class="sentence"><a href="#claim-${verdict.claim.name}">${title}</a></th><td>${said2011}</td><td class="measured">${measured}</td><td>${rulingMark(ruling)}</td></tr>\n`,
)}</tbody>
</table>
</div>`;
}

export function rulingMark(ruling: Verdict["ruling"]): Html {
  return html`<strong class="ruling ${ruling}">${ruling}</strong>`;
}

/** A command, or words where none would do. */
export function settledMark(settledBy: string): Html {
  return settledBy.startsWith("npm ") ? html`<code>${settledBy}</code>` : html`${settledBy}`;
}
