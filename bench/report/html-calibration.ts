import type { Calibration, Run } from "../result.ts";
import { calibratedText, uncalibratedText } from "./calibration.ts";
import { formatDuration, formatExact, formatMoment, formatNumber } from "./format.ts";
import { heading } from "./html-places.ts";
import { tableFrame, tableHead } from "./html-table.ts";
import { type Html, html } from "./html-template.ts";

/** What the instrument made of known answers, before every start of the run. */
export function calibrationSection(run: Run): Html {
  const verdict = uncalibratedText(run) ?? calibratedText(run);
  return html`<section aria-labelledby="calibration">
${heading(2, "calibration", "Calibration")}
<p>Before it is believed, the instrument measures a server whose answers are known. ${verdict}</p>
${run.calibrations.map((calibration, index) => calibrationTable(run, calibration, index + 1))}
</section>
`;
}

function calibrationTable(
  run: Run,
  { startedAt, durationMs, coreSpeed, checks, network }: Calibration,
  number: number,
): Html {
  const caption =
    `Calibration of ${formatMoment(startedAt)}, in ${formatDuration(durationMs)}, ` +
    `while the server's core made ${formatNumber(coreSpeed.server)} turns/µs and the load's ${formatNumber(coreSpeed.load)}`;
  const figures = ["expected", "measured", "allowed"].map((figure) => ({ figure }));
  const content = html`${tableHead(["check", ...figures, "passed"])}<tbody>
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
`;
  return html`${tableFrame({ place: `table-calibration-${number}`, caption }, content)}
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
