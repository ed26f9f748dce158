import type { DrawnChart } from "../charts/chart.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { environmentFacts, optionFacts } from "./facts.ts";
import { calibrationSection } from "./html-calibration.ts";
import { claimSections } from "./html-claims.ts";
import { factsTable, scenarioSection, serversTable } from "./html-sections.ts";
import { reportStyle } from "./html-style.ts";
import { Html, html } from "./html-template.ts";
import { verdictsSection } from "./html-verdicts.ts";
import { limitsOfTheFigures } from "./limits.ts";
import { noticesOf } from "./notices.ts";
import { machineText } from "./run-text.ts";
import { tablesOf } from "./tables.ts";

/** The report of a run as one page that needs nothing else. */
export function htmlReport(run: Run, verdicts: readonly Verdict[], charts: readonly DrawnChart[]): string {
  const results = tablesOf(run);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The Evented Web, measured: run ${run.id}</title>
<style>${new Html(reportStyle)}</style>
</head>
<body>
<header>
<h1>The Evented Web, measured</h1>
<p>One service, built once per I/O model and transport, measured by one instrument: a webhook comes in, becomes
an event, and is pushed to every subscriber.</p>
<p class="soft">${machineText(run)}</p>
${noticesOf(run).map(({ word, text }) => html`<p class="notice" role="note"><strong>${word}</strong> ${text}</p>\n`)}
${contents(run)}
</header>
<main>
${verdictsSection(run, verdicts)}${claimSections(run, verdicts)}${results.map((result) =>
  scenarioSection(
    result,
    charts.filter((chart) => chart.scenario === result.scenario.name),
  ),
)}
<section aria-labelledby="limits">
<h2 id="limits">What these numbers do not say</h2>
<ul>
${limitsOfTheFigures(run).map(({ what, why }) => html`<li><strong>${what}</strong> ${why}</li>\n`)}</ul>
</section>
${calibrationSection(run)}<section aria-labelledby="servers">
<h2 id="servers">Servers</h2>
${serversTable(run)}
</section>
<section aria-labelledby="environment">
<h2 id="environment">Environment</h2>
${factsTable("What the run was made on", environmentFacts(run))}
</section>
<section aria-labelledby="options">
<h2 id="options">Options</h2>
${factsTable("What the run was told; the same options and seed give the same plan", optionFacts(run))}
</section>
</main>
</body>
</html>
`;
  return page.text;
}

function contents(run: Run): Html {
  return html`<nav aria-label="Contents"><ul>
<li><a href="#verdicts">Verdicts</a></li>
${run.scenarios.map(({ name }) => html`<li><a href="#scenario-${name}">${name}</a></li>\n`)}<li><a href="#limits">What these numbers do not say</a></li>
<li><a href="#calibration">Calibration</a></li>
<li><a href="#servers">Servers</a></li>
<li><a href="#environment">Environment</a></li>
<li><a href="#options">Options</a></li>
</ul></nav>`;
}
