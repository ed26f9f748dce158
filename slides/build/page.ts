/** The deck as one page of reveal.js, which finds everything beside itself. */
import { type Html, html } from "../../bench/report/html-template.ts";
import { machineText } from "../../bench/report/run-text.ts";
import type { DeckRun } from "./deck-run.ts";

/** Files that the page loads, relative to it. */
export interface PageFiles {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

export function pageHtml({ run }: DeckRun, slides: readonly Html[], { styles, scripts }: PageFiles): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${machineText(run)}">
<link rel="icon" href="data:,">
<title>The Evented Web, measured: the talk</title>
${styles.map((file) => html`<link rel="stylesheet" href="${file}">\n`)}</head>
<body>
<div class="reveal">
<div class="slides">
${slides}</div>
</div>
${scripts.map((file) => html`<script src="${file}"></script>\n`)}</body>
</html>
`.text;
}
