import chart from "../../bench/charts/latency-ladder.ts";
import { type Html, html } from "../../bench/report/html-template.ts";
import type { Run } from "../../bench/result.ts";

/** The slide of latencies. */
export function latencySlide(run: Run): Html {
  const rows = chart.picture(run)?.table.rows ?? [];
  return html`<table class="ladder"><tbody>${rows.map(({ cells }) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}
