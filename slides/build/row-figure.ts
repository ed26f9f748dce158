/** One figure of some servers or arms, a row each, in the size of a slide: for what the report's charts show smaller. */
import { darkColours, ioModelLooks } from "../../bench/charts/drawing/palette.ts";
import { type Cell, spreadOf } from "../../bench/report/cells.ts";
import { formatFigure, formatRange } from "../../bench/report/format.ts";
import { type Html, html } from "../../bench/report/html-template.ts";
import { shortMachineText } from "../../bench/report/run-text.ts";
import { stateText } from "../../bench/report/tables.ts";
import { trialsText } from "../../bench/report/trials-text.ts";
import type { Column, Run } from "../../bench/result.ts";
import { notMeasured } from "./deck-run.ts";
import { marksOf } from "./marks.ts";
import type { Filled } from "./placeholder.ts";
import { readingsOf } from "./readings.ts";

/** Room left of the smallest and right of the largest figure, as a share of the scale. */
const margin = 0.04;

/** `fan-out cpuPerDeliveryUs comet ws`: scenario, figure, arms, each at the largest point that agrees. */
export function rowFigure(run: Run, words: readonly string[]): Filled {
  const { scenario, column, cells } = readingsOf(run, words);
  const shown = cells.flatMap(({ cell }) => (cell === undefined ? [] : [cell]));
  const place = scaleOf(shown.flatMap((cell) => figureIn(cell, column)?.spread ?? []));
  if (place === undefined)
    return { html: html`<p class="absent">Figures of ${scenario} stand here: ${notMeasured}.</p>` };
  const rows = cells.map(({ arm, cell }) => row(run, column, arm, cell, place));
  const { title, better } = column;
  return {
    html: html`<figure class="rows">
${rows}<figcaption>${title}, logarithmic, ${better === "lower" ? "less" : "more"} is better. ${shortMachineText(run)}; ${trialsText(shown)}.</figcaption>
</figure>`,
    cells: shown,
  };
}

/** Style rules for the colours of the I/O models, those of the charts. */
export function rowColours(): string {
  const rules = (colourOf: (light: string) => string) =>
    Object.values(ioModelLooks)
      .map(({ colour, shape }) => `.reveal .row .${shape}{background:${colourOf(colour)}}`)
      .join("");
  return `${rules((light) => light)}@media (prefers-color-scheme: dark){${rules((light) => darkColours[light] ?? light)}}`;
}

function row(
  run: Run,
  column: Column,
  arm: string,
  cell: Cell | undefined,
  place: (value: number) => number,
): Html {
  const marks = marksOf(cell === undefined ? [] : [cell]);
  const name = html`<span class="name">${arm}${marks === "" ? undefined : html`<sup>${marks}</sup>`}</span>`;
  const figure = cell === undefined ? undefined : figureIn(cell, column);
  if (figure === undefined) {
    const why =
      cell === undefined ? "not measured" : cell.state === "completed" ? "not read" : stateText(cell);
    return html`<div class="row">${name}<span class="why">${why}</span></div>\n`;
  }
  const { median, spread, n } = figure;
  const [low, high] = spread.map(place);
  const ofServer = run.servers.find((server) => server.name === arm)?.ioModel;
  // The arms of a lab say it in their names.
  const ioModel = ofServer ?? (/thread|pool/.test(arm) ? "thread per connection" : "event loop");
  const { shape } = ioModelLooks[ioModel];
  const interval =
    n === 1 ? undefined : html`<small>${formatRange(spread[0], spread[1], column.unit)}</small>`;
  return html`<div class="row">${name}<span class="track"><i class="whisker ${shape}" style="left:${percent(low)};width:${percent((high ?? 0) - (low ?? 0))}"></i><i class="dot ${shape}" style="left:${percent(place(median))}"></i></span><b>${formatFigure(median, column.unit)}</b>${interval}</div>\n`;
}

function percent(share = 0): string {
  return `${Number((100 * share).toFixed(2))}%`;
}

interface Shown {
  readonly median: number;
  readonly n: number;
  readonly spread: readonly [number, number];
}

function figureIn({ figures }: Cell, { figure }: Column): Shown | undefined {
  const summary = figures[figure];
  if (summary === undefined || summary.median <= 0) return undefined;
  const { low, high } = spreadOf(summary);
  return { median: summary.median, n: summary.n, spread: [Math.max(low, Number.MIN_VALUE), high] };
}

/** From a figure to its place on a logarithmic scale, 0 to 1; undefined where there is no figure. */
function scaleOf(values: readonly number[]): ((value: number) => number) | undefined {
  if (values.length === 0) return undefined;
  const [from, to] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const length = Math.max(to - from, Math.log(1.1));
  return (value) => margin + (1 - 2 * margin) * ((Math.log(value) - from) / length);
}
