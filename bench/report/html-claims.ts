import type { Beside } from "../claims/claim.ts";
import { isMissing } from "../claims/estimate.ts";
import type { Finding } from "../claims/verdict.ts";
import type { Run, ScenarioInfo } from "../result.ts";
import type { ChartPlaces, PlacedCharts } from "./chart-places.ts";
import { placedCharts } from "./html-charts.ts";
import { heading, placeOf } from "./html-places.ts";
import { tableFrame, tableHead } from "./html-table.ts";
import { type Html, html } from "./html-template.ts";
import { rulingMark, settledMark } from "./html-verdicts.ts";
import {
  assumedRemark,
  estimateText,
  isAssumed,
  slidesText,
  type VerdictRow,
  type VerdictTable,
  wantedText,
} from "./verdicts.ts";

/** Each claim that the run has something to say of, for a reader who has never seen the talk. */
export function claimsSection(run: Run, { rows }: VerdictTable, charts: ChartPlaces): Html | undefined {
  if (rows.length === 0) return undefined;
  return html`<section aria-labelledby="claims">
${heading(2, "claims", "The claims, one by one")}
${rows.map((row) => claimSection(run, row, charts.ofClaim.get(row.verdict.claim.name)))}</section>
`;
}

function claimSection(run: Run, { verdict, measured }: VerdictRow, charts: PlacedCharts | undefined): Html {
  const { claim, ruling, findings, beside, open } = verdict;
  const place = placeOf.claim(claim.name);
  const assumed = [...findings, ...beside].some(({ estimate }) => isAssumed(estimate));
  return html`<section class="claim" aria-labelledby="${place}">
${heading(3, place, claim.title)}
<p>${rulingMark(ruling)} <span class="soft">Claim <code>${claim.name}</code>, ${slidesText(claim.slides)} of the talk</span></p>
<dl class="then-and-now">
<div><dt>2011 said</dt><dd>${claim.said2011}</dd></div>
<div><dt>Measured here</dt><dd>${measured}</dd></div>
</dl>
<p>${claim.statement}</p>
<p>${claim.background}</p>
${placedCharts(charts)}<h4>How it is tested</h4>
<p>${claim.method}</p>
${findingsTable(claim.name, claim.title, findings)}
${beside.length === 0 ? undefined : besideTable(claim.name, claim.title, beside)}
${assumed ? html`<ul class="remarks"><li>${assumedRemark}</li></ul>` : undefined}
${conditions(run.scenarios.filter(({ name }) => claim.scenarios.includes(name)))}
<h4>What would change the verdict</h4>
<p>${claim.wouldChange}</p>
${
  open === undefined
    ? undefined
    : html`<h4>What is open</h4>
<p>${asSentence(open.because)} What would settle it: ${settledMark(open.settledBy)}.</p>`
}
</section>
`;
}

function findingsTable(claim: string, title: string, findings: readonly Finding[]): Html {
  const content = html`${tableHead(["figure", "measured", "n", "wanted", "holds", "why this threshold"])}<tbody>
${findings.map(
  (finding) =>
    html`<tr><th scope="row" class="sentence">${finding.what}</th>${measuredCells(finding)}<td class="wanted">${wantedText(finding)}</td><td class="holds ${finding.holds}">${finding.holds}</td><td class="because">${finding.because}</td></tr>\n`,
)}</tbody>
`;
  const caption = "What the verdict rests on";
  return tableFrame(
    { place: placeOf.findings(claim), caption, label: `${caption}: ${title}`, kind: "findings" },
    content,
  );
}

function besideTable(claim: string, title: string, beside: readonly Beside[]): Html {
  const content = html`${tableHead(["figure", "measured", "n"])}<tbody>
${beside.map((figure) => html`<tr><th scope="row" class="sentence">${figure.what}</th>${measuredCells(figure)}</tr>\n`)}</tbody>
`;
  const caption = "To be read beside it; decides nothing";
  return tableFrame({ place: placeOf.beside(claim), caption, label: `${caption}: ${title}` }, content);
}

/** The figure with its interval and its trials, or why there is none. */
function measuredCells(figure: Beside): Html {
  const { estimate } = figure;
  if (isMissing(estimate)) return html`<td class="state" colspan="2">not measured: ${estimate.missing}</td>`;
  return html`<td class="measured">${estimateText(figure)}</td><td>${estimate.n.toLocaleString("en")}</td>`;
}

/** Those of the scenarios that the claim rests on and the run has. */
function conditions(scenarios: readonly ScenarioInfo[]): Html | undefined {
  if (scenarios.length === 0) return undefined;
  return html`<h4>Under which conditions</h4>
<ul class="remarks">
${scenarios.map(
  ({ name, conditions }) =>
    html`<li><a href="#${placeOf.scenario(name)}">${name}</a>: ${conditions.join(" ")}</li>\n`,
)}</ul>`;
}

function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
