import type { Beside } from "../claims/claim.ts";
import { isMissing } from "../claims/estimate.ts";
import type { Finding, Verdict } from "../claims/verdict.ts";
import type { Run, ScenarioInfo } from "../result.ts";
import { type Html, html } from "./html-template.ts";
import { rulingMark, settledMark } from "./html-verdicts.ts";
import { assumedRemark, estimateText, isAssumed, slidesText, verdictTable, wantedText } from "./verdicts.ts";

/** A section for each claim that the run has something to say of, for a reader who has never seen the talk. */
export function claimSections(run: Run, verdicts: readonly Verdict[]): Html[] {
  return verdictTable(run, verdicts).rows.map(({ verdict, measured }) =>
    claimSection(run, verdict, measured),
  );
}

function claimSection(run: Run, verdict: Verdict, measured: string): Html {
  const { claim, ruling, findings, beside, open } = verdict;
  const id = `claim-${claim.name}`;
  const assumed = [...findings, ...beside].some(({ estimate }) => isAssumed(estimate));
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${claim.title}</h2>
<p>${rulingMark(ruling)} <span class="soft">Claim <code>${claim.name}</code>, ${slidesText(claim.slides)} of the talk</span></p>
<dl class="then-and-now">
<div><dt>2011 said</dt><dd>${claim.said2011}</dd></div>
<div><dt>Measured here</dt><dd>${measured}</dd></div>
</dl>
<p>${claim.statement}</p>
<p>${claim.background}</p>
<h3>How it is tested</h3>
<p>${claim.method}</p>
${findingsTable(claim.title, findings)}
${beside.length === 0 ? undefined : besideTable(claim.title, beside)}
${assumed ? html`<ul class="remarks"><li>${assumedRemark}</li></ul>` : undefined}
${conditions(run.scenarios.filter(({ name }) => claim.scenarios.includes(name)))}
<h3>What would change the verdict</h3>
<p>${claim.wouldChange}</p>
${
  open === undefined
    ? undefined
    : html`<h3>What is open</h3>
<p>${asSentence(open.because)} What would settle it: ${settledMark(open.settledBy)}.</p>`
}
</section>
`;
}

function findingsTable(title: string, findings: readonly Finding[]): Html {
  return html`<div class="scroll" role="region" aria-label="${`Findings: ${title}`}" tabindex="0">
<table class="findings">
<caption><span>What the verdict rests on</span></caption>
<thead><tr><th scope="col">figure</th><th scope="col">measured</th><th scope="col">n</th><th scope="col">wanted</th><th scope="col">holds</th><th scope="col">why this threshold</th></tr></thead>
<tbody>
${findings.map(
  (finding) =>
    html`<tr><th scope="row" class="sentence">${finding.what}</th>${measuredCells(finding)}<td class="wanted">${wantedText(finding)}</td><td class="holds ${finding.holds}">${finding.holds}</td><td class="because">${finding.because}</td></tr>\n`,
)}</tbody>
</table>
</div>`;
}

function besideTable(title: string, beside: readonly Beside[]): Html {
  return html`<div class="scroll" role="region" aria-label="${`Beside the findings: ${title}`}" tabindex="0">
<table>
<caption><span>To be read beside it; decides nothing</span></caption>
<thead><tr><th scope="col">figure</th><th scope="col">measured</th><th scope="col">n</th></tr></thead>
<tbody>
${beside.map((figure) => html`<tr><th scope="row" class="sentence">${figure.what}</th>${measuredCells(figure)}</tr>\n`)}</tbody>
</table>
</div>`;
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
  return html`<h3>Under which conditions</h3>
<ul class="remarks">
${scenarios.map(
  (scenario) =>
    html`<li><a href="#scenario-${scenario.name}">${scenario.name}</a>: ${scenario.conditions.join(" ")}</li>\n`,
)}</ul>`;
}

function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
