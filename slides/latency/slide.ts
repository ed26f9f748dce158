/** The slide of I/O latency: the audience moves the year, and makes one cycle of a processor last one second. */
import { Html, html } from "../../bench/report/html-template.ts";
import type { Run } from "../../bench/result.ts";
import { landmarks } from "./in-words.ts";
import { talkNs } from "./measured.ts";
import { axisAt, axisShift, type MarkKind, type Moment, momentsOf, type Row } from "./moments.ts";
import { places } from "./years.ts";

/** What the page's script is given. */
export interface LatencyData {
  readonly moments: readonly Moment[];
}

/** The content of the slide, for the style and the script that lie beside this file. Shows the run's year first. */
export function latencySlide(run: Run): Html {
  const moments = momentsOf(run);
  const now = moments.at(-1);
  const first = moments[0];
  if (now === undefined || first === undefined)
    throw new Error(`expected a run after 1990, got one of ${run.startedAt}`);
  return html`<div class="latency" data-scale="real">
<div class="latency-controls" data-prevent-swipe>
<label class="latency-when">Year <output class="latency-year">${now.year}</output>
<input class="latency-slider" type="range" min="${first.year}" max="${now.year}" step="1" value="${now.year}" autocomplete="off"></label>
<label class="latency-switch"><input class="latency-scale" type="checkbox" role="switch" autocomplete="off"> one cycle = one second</label>
<p>One cycle: <span class="latency-cycle">${now.cycle}</span></p>
</div>
<table class="latency-table">
<thead><tr><th scope="col">to fetch from</th><th scope="col" class="latency-axis">${axis(now)}</th><th scope="col" class="latency-real">takes</th><th scope="col" class="latency-scaled">if a cycle is a second</th><th scope="col">says who</th></tr></thead>
<tbody>${places.map((place, i) => tableRow(place, now.rows[i], now.cycleAt))}</tbody>
</table>
<p class="latency-legend">${legend.map(([kind, text]) => html`<span><i class="latency-mark" data-kind="${kind}"></i> ${text}</span> `)}<span><i class="latency-talk"></i> in the talk of 2011</span> <span><i class="latency-whisker"></i> range or 95 % interval</span> <span><i class="latency-once"></i> one cycle</span></p>
<script type="application/json" class="latency-data">${json({ moments })}</script>
</div>`;
}

const legend: readonly (readonly [MarkKind, string])[] = [
  ["published", "published"],
  ["between", "between two"],
  ["measured", "measured here"],
  ["set", "set here"],
];

function tableRow(place: (typeof places)[number], row: Row | undefined, cycleAt: number): Html {
  if (row === undefined) throw new Error(`expected a row of ${place.title}, got none`);
  const talk = talkNs(place);
  const { kind, at, low, high } = row;
  const marks = [
    html`<i class="latency-once" style="left:${cycleAt}%"></i>`,
    stretched("latency-bar", at === undefined ? undefined : [cycleAt, at]),
    talk === undefined ? undefined : html`<i class="latency-talk" style="left:${axisAt(talk)}%"></i>`,
    stretched("latency-whisker", low === undefined || high === undefined ? undefined : [low, high]),
    html`<i class="latency-mark" data-kind="${kind}" style="left:${at ?? 0}%"></i>`,
  ];
  return html`<tr data-kind="${kind}"><th scope="row">${place.title}</th><td class="latency-picture" aria-hidden="true"><div>${marks}</div></td><td class="latency-real">${row.real}</td><td class="latency-scaled">${row.scaled}</td><td class="latency-note">${row.note}</td></tr>
`;
}

/** Both axes: the times as they are, and the landmarks of a cycle that is a second. */
function axis({ cycleAt }: Moment): Html {
  const real = ticks.map(
    ([ns, text]) => html`<span class="latency-tick" style="left:${axisAt(ns)}%">${text}</span>`,
  );
  const scaled = landmarks.map(({ seconds, text }) => {
    const shift = axisShift(seconds);
    const beyond = cycleAt + shift > 100 ? new Html(" hidden") : undefined;
    return html`<span class="latency-tick" data-shift="${shift}" style="left:${cycleAt + shift}%"${beyond}>${text}</span>`;
  });
  return html`<div aria-hidden="true"><div class="latency-real">${real}</div><div class="latency-scaled">${scaled}</div></div>`;
}

const ticks: readonly (readonly [number, string])[] = [
  [1, "1 ns"],
  [100, "100 ns"],
  [1e4, "10 µs"],
  [1e6, "1 ms"],
  [1e8, "100 ms"],
];

/** What goes from one place of the axis to another. */
function stretched(name: string, ends: readonly [number, number] | undefined): Html {
  if (ends === undefined) return html`<i class="${name}" hidden></i>`;
  return html`<i class="${name}" style="left:${Math.min(...ends)}%;width:${Math.abs(ends[0] - ends[1])}%"></i>`;
}

function json(data: LatencyData): Html {
  // Nothing in it may end the element.
  return new Html(JSON.stringify(data).replaceAll("<", "\\u003c"));
}
