import type { DrawnChart } from "../charts/chart.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import { chartPlaces } from "./chart-places.ts";
import { calibrationSection } from "./html-calibration.ts";
import { claimsSection } from "./html-claims.ts";
import { contents } from "./html-contents.ts";
import { dataBeside, dataWithin } from "./html-data.ts";
import { serverFilter } from "./html-filter.ts";
import { environmentSection, limitsSection, optionsSection } from "./html-run.ts";
import { serversSection } from "./html-servers.ts";
import { reportStyle } from "./html-style.ts";
import { Html, html } from "./html-template.ts";
import { verdictsSection } from "./html-verdicts.ts";
import { noticesOf } from "./notices.ts";
import { contentPolicy, inlineScript } from "./page-script.ts";
import { machineText } from "./run-text.ts";
import { tablesOf } from "./tables.ts";
import { verdictTable } from "./verdicts.ts";

/** What a report is made of. */
export interface ReportParts {
  readonly run: Run;
  readonly verdicts: readonly Verdict[];
  readonly charts: readonly DrawnChart[];
  /** What makes the charts live: an addition, for the page says all without it. */
  readonly script: string;
}

/** So that it can be sent by mail and kept in a repository. */
export const mostPageBytes = 3_000_000;

/** The report of a run as one page that needs nothing else. The raw data are in it where they have room. */
export function htmlReport(parts: ReportParts): string {
  const pageWith = pageOf(parts);
  const whole = pageWith(dataWithin(parts.run));
  return Buffer.byteLength(whole) < mostPageBytes ? whole : pageWith(dataBeside());
}

function pageOf({ run, verdicts, charts, script }: ReportParts): (data: Html) => string {
  const table = verdictTable(run, verdicts);
  const places = chartPlaces(
    run,
    table.rows.map(({ verdict }) => verdict.claim.name),
    charts,
  );
  const start = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(script)}">
<title>The Evented Web, measured: run ${run.id}</title>
<link rel="icon" href="data:,">
<style>${new Html(reportStyle)}</style>
</head>
<body>
<a class="skip" href="#verdicts">To the verdicts</a>
<div class="page">
<header>
<h1>The Evented Web, measured</h1>
<p>One service, built once per I/O model and transport, measured by one instrument: a webhook comes in, becomes
an event, and is pushed to every subscriber.</p>
<p class="soft">${machineText(run)}</p>
${noticesOf(run).map(({ word, text }) => html`<p class="notice" role="note"><strong>${word}</strong> ${text}</p>\n`)}</header>
<div class="side">
${serverFilter(run)}${contents(run, table)}</div>
<main>
${verdictsSection(table, places.ofVerdicts)}${claimsSection(run, table, places)}${serversSection(run, tablesOf(run), places)}${limitsSection(run)}${calibrationSection(run)}${environmentSection(run)}${optionsSection(run)}`;
  const end = html`</main>
</div>
${inlineScript(script)}
</body>
</html>
`;
  return (data) => `${start}${data}${end}`;
}
