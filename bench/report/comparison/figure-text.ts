import type { Unit } from "../../result.ts";
import type { Interval } from "../../stats/bootstrap.ts";
import { type FigureSummary, spreadOf } from "../cells.ts";
import { formatEstimate, formatFigure, formatPoint, formatRange } from "../format.ts";
import type { ComparedFigure } from "./figures.ts";

/** One figure of the comparison as words, as all outputs show it. */
export interface FigureText {
  /** `ws, 100 subscribers: latency p50`; without the scenario. */
  readonly what: string;
  readonly a: string;
  readonly b: string;
  /** What varies in each run: `5.1–5.3 /s, n = 6`. */
  readonly spreadA: string;
  readonly spreadB: string;
  /** `1.20× (1.15–1.25)`; of too few trials without an interval. */
  readonly change: string;
  /** `higher, better`. */
  readonly word: string;
}

export function figureText({
  arm,
  point,
  column,
  marks,
  a,
  b,
  change,
  word,
  reads,
}: ComparedFigure): FigureText {
  const { title, unit } = column;
  const at = formatPoint(point);
  return {
    what: `${arm}${marks}${at === "" ? "" : `, ${at}`}: ${title}`,
    a: formatFigure(a.median, unit),
    b: formatFigure(b.median, unit),
    spreadA: spreadText(a, unit),
    spreadB: spreadText(b, unit),
    change: changeText(change, unit),
    word: reads === undefined ? word : `${word}, ${reads}`,
  };
}

function spreadText(summary: FigureSummary, unit: Unit): string {
  const { low, high } = spreadOf(summary);
  return summary.n === 1 ? "n = 1" : `${formatRange(low, high, unit)}, n = ${summary.n}`;
}

/** A ratio without an interval stands with the word `about`; a difference with its sign. */
export function changeText({ kind, value, interval }: ComparedFigure["change"], unit: Unit): string {
  if (kind === "ratio") {
    if (interval === undefined) return `about ${formatEstimate({ value, low: value, high: value }, "times")}`;
    return ratioText({ value, ...interval });
  }
  const signed = (number: number) => `${number > 0 ? "+" : ""}${formatFigure(number, unit)}`;
  if (interval === undefined) return `about ${signed(value)}`;
  return `${signed(value)} (${signed(interval.low)} to ${signed(interval.high)})`;
}

/** With as many digits as tell an interval from 1 that does not hold it. */
function ratioText(ratio: Interval & { readonly value: number }): string {
  const nearEnd = ratio.low > 1 ? ratio.low : ratio.high;
  const holdsOne = ratio.low <= 1 && ratio.high >= 1;
  if (holdsOne || Number(nearEnd.toPrecision(3)) !== 1) return formatEstimate(ratio, "times");
  const digits = [3, 4, 5].find((count) => Number(nearEnd.toFixed(count)) !== 1) ?? 6;
  const [value, low, high] = [ratio.value, ratio.low, ratio.high].map((end) => end.toFixed(digits));
  return low === high ? `${value}×` : `${value}× (${low}–${high})`;
}
