/** A claim on a slide: what was said, what we measured, and the verdict. */
import type { Finding, Ruling, Verdict } from "../../bench/claims/verdict.ts";
import { type Html, html } from "../../bench/report/html-template.ts";
import { estimateText, slidesText, wantedText } from "../../bench/report/verdicts.ts";
import type { Filled } from "./placeholder.ts";

/** The verdict's sign: it must not stand by its colour alone. */
const signs: Readonly<Record<Ruling, string>> = { confirmed: "✓", refuted: "✗", inconclusive: "?" };

export function claimBlock({ claim, findings, ruling, open }: Verdict): Filled {
  const [first] = findings;
  // What a verdict is told by and what it fell by can be two figures.
  const deciding =
    ruling === "refuted" && first.holds !== "no" ? findings.find(({ holds }) => holds === "no") : undefined;
  const aside =
    open === undefined
      ? {}
      : { aside: `“${claim.title}” is open. ${open.because}. What would settle it: ${open.settledBy}.` };
  const block = html`<article class="claim ${ruling}">
<h3>${claim.title} <small>${slidesText(claim.slides)}</small></h3>
<dl>
<div class="said"><dt>2011 said</dt><dd>${claim.said2011}</dd></div>
<div class="measured"><dt>we measured</dt>${findingText(first)}${deciding === undefined ? undefined : findingText(deciding)}</div>
<div class="ruling"><dt>verdict</dt><dd><strong><span aria-hidden="true">${signs[ruling]}</span> ${ruling}</strong></dd></div>
</dl>
</article>`;
  return { html: block, ...aside };
}

function findingText(finding: Finding): Html {
  return html`<dd><strong>${estimateText(finding)}</strong></dd><dd class="detail">${finding.what}; holds if ${wantedText(finding)}</dd>`;
}

/** All claims with their verdicts, in columns. */
export function verdictBoard(verdicts: readonly Verdict[]): Html {
  return html`<ol class="board">
${verdicts.map(
  ({ claim, ruling }) =>
    html`<li class="${ruling}"><strong aria-label="${ruling}">${signs[ruling]}</strong> ${claim.title}</li>\n`,
)}</ol>`;
}
