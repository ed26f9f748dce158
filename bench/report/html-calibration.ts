import type { Calibration, Run } from "../result.ts";
import { calibratedText, uncalibratedText } from "./calibration.ts";
import { formatDuration, formatExact, formatMoment, formatNumber } from "./format.ts";
import { type Html, html } from "./html-template.ts";

/** What the instrument made of known answers, before every start of the run. */
export function calibrationSection(run: Run): Html {
  const verdict = uncalibratedText(run) ?? calibratedText(run);
  return html`<section aria-labelledby="calibration">
<h2 id="calibration">Calibration</h2>
<p>Before it is believed, the instrument measures a server whose answers are known. ${verdict}</p>
${run.calibrations.map((calibration) => calibrationTable(run, calibration))}
</section>
`;
}

function calibrationTable(
  run: Run,
  { startedAt, durationMs, coreSpeed, checks, network }: Calibration,
): Html {
  const caption =
    `Calibration of ${formatMoment(startedAt)}, in ${formatDuration(durationMs)}, ` +
    `while the server's core made ${formatNumber(coreSpeed.server)} turns/µs and the load's ${formatNumber(coreSpeed.load)}`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption><span>${caption}</span></caption>
<thead><tr><th scope="col">check</th><th scope="col" class="figure">expected</th><th scope="col" class="figure">measured</th><th scope="col" class="figure">allowed</th><th scope="col">passed</th></tr></thead>
<tbody>
${checks.map(
  ({ name, unit, expected, measured, allowed, passed }) =>
    html`<tr><th scope="row" class="sentence">${name}</th>${[
      formatExact(expected, unit),
      formatExact(measured, unit),
      `± ${formatExact(allowed, unit)}`,
    ].map(
      (text) => html`<td class="figure">${text}</td>`,
    )}${passed ? html`<td>yes</td>` : html`<td class="state">no, off</td>`}</tr>\n`,
)}</tbody>
</table>
</div>
${network === undefined ? undefined : html`<p>${relayText(run, network)}</p>`}
`;
}

function relayText(run: Run, { medianMs, p99Ms, samples }: NonNullable<Calibration["network"]>): string {
  const [asked, median, p99] = [run.network.roundTripMs, medianMs, p99Ms].map((ms) => formatExact(ms, "ms"));
  return (
    `The relay was asked for a round trip of ${asked}, and gave a median of ${median} and a p99 of ${p99} in ` +
    `${samples.toLocaleString("en")} samples; the ends' own overhead is in them.`
  );
}
