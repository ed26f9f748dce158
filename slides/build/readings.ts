/** Figures of a run by their names, as placeholders ask for them: `delivery ws p99Ms`. */

import { summaryText } from "../../bench/charts/drawing/summary-text.ts";
import { isMissing } from "../../bench/claims/estimate.ts";
import { Evidence } from "../../bench/claims/evidence.ts";
import { labs } from "../../bench/labs/index.ts";
import { type Cell, cellsOf } from "../../bench/report/cells.ts";
import { formatEstimate, formatFigure } from "../../bench/report/format.ts";
import type { Column, Point, Run } from "../../bench/result.ts";
import { scenarios } from "../../bench/scenarios/index.ts";
import { serverNames } from "../../servers/index.ts";
import { notMeasured } from "./deck-run.ts";
import { named, PlaceholderProblem } from "./placeholder.ts";

/** A figure as it is shown in a sentence. */
export interface Shown {
  readonly text: string;
  /** With its interval and n, for those who look closer. */
  readonly closer: string;
  readonly isMeasured: boolean;
  /** Where it is from; a ratio is of two. */
  readonly cells: readonly Cell[];
}

/** The median of a figure: `delivery ws p99Ms`, `waiting event-loop perSecond queryMs=80`. */
export function figureOf(run: Run, words: readonly string[]): Shown {
  const { scenario, column, point, rest } = readingOf(words, 1);
  const [arm = ""] = rest;
  const cell = cellAt(run, { scenario, arm: armNamed(run, scenario, arm), column, point });
  if (cell?.state !== "completed") return missing;
  const summary = cell.figures[column.figure];
  if (summary === undefined) return { ...missing, text: column.absent ?? missing.text };
  return {
    text: formatFigure(summary.median, column.unit),
    closer: `${arm}, ${column.title}: ${summaryText(summary, column.unit)}`,
    isMeasured: true,
    cells: [cell],
  };
}

/** One figure of several arms, or of all: `fan-out cpuPerDeliveryUs comet ws`. */
export function readingsOf(
  run: Run,
  words: readonly string[],
): {
  readonly scenario: string;
  readonly column: Column;
  readonly cells: readonly { readonly arm: string; readonly cell: Cell | undefined }[];
} {
  const { scenario, column, point, others } = readingOf(words, 0);
  const arms = others.length > 0 ? others : [...new Set(cellsOf(run, scenario).map(({ arm }) => arm))];
  return {
    scenario,
    column,
    cells: arms.map((arm) => ({
      arm,
      cell: cellAt(run, { scenario, arm: armNamed(run, scenario, arm), column, point }),
    })),
  };
}

/** How many times one arm's figure is another's, paired within blocks: `ingest bare/ws perSecond`. */
export function ratioOf(run: Run, words: readonly string[]): Shown {
  const { scenario, column, point, rest } = readingOf(words, 1);
  const [one, other, ...more] = (rest[0] ?? "").split("/");
  if (one === undefined || other === undefined || more.length > 0)
    throw new PlaceholderProblem("two arms, such as comet/ws", rest[0] ?? "nothing");
  const [a, b] = [armNamed(run, scenario, one), armNamed(run, scenario, other)].map((arm) => ({
    ...{ scenario, arm, figure: column.figure },
    ...(point === undefined ? {} : { point }),
  }));
  if (a === undefined || b === undefined) return missing;
  const cells = [one, other].flatMap((arm) => cellAt(run, { scenario, arm, column, point }) ?? []);
  const estimate = new Evidence(run).ratio(a, b, "timed");
  if (isMissing(estimate)) return missing;
  const of = `${one} over ${other}, ${column.title}`;
  const text = formatFigure(estimate.value, "times");
  // Of too few trials the interval would be one that is assumed.
  const closer = estimate.basis === "assumed" ? text : formatEstimate(estimate, "times");
  return { text, closer: `${of}: ${closer}, n = ${estimate.n}`, isMeasured: true, cells };
}

const missing: Shown = { text: "not measured", closer: notMeasured, isMeasured: false, cells: [] };

interface Reading {
  readonly scenario: string;
  /** What stands between scenario and figure, and what behind it. */
  readonly rest: readonly string[];
  readonly others: readonly string[];
  readonly column: Column;
  readonly point: Point | undefined;
}

/** Scenario, so many words, figure, and coordinates, of which all that are named have to agree. */
function readingOf(words: readonly string[], between: number): Reading {
  const coordinates = words.filter((word) => word.includes("="));
  const [scenario, ...others] = words.filter((word) => !word.includes("="));
  const known = [...scenarios, ...labs];
  const found = named<(typeof known)[number]>("the name of a scenario or a lab", known, scenario);
  const costs = "costs" in found ? found.costs : [];
  const figures = [...found.columns, ...costs].map((column) => ({ name: column.figure, column }));
  const { column } = named(`a figure of ${found.name}`, figures, others[between]);
  return {
    scenario: found.name,
    rest: others.slice(0, between),
    others: others.slice(between + 1),
    column,
    point: coordinates.length === 0 ? undefined : Object.fromEntries(coordinates.map(coordinateOf)),
  };
}

function coordinateOf(word: string): [string, number] {
  const [name = "", value = ""] = word.split("=");
  const number = Number(value);
  if (name !== "" && value !== "" && Number.isFinite(number)) return [name, number];
  throw new PlaceholderProblem("a coordinate, such as queryMs=80", word);
}

function armNamed(run: Run, scenario: string, arm: string): string {
  const ofRun = run.scenarios.find(({ name }) => name === scenario)?.arms ?? [];
  const ofLab = labs.find(({ name }) => name === scenario)?.arms;
  const names = new Set([
    ...ofRun.map(({ name }) => name),
    ...(ofLab?.map(({ name }) => name) ?? serverNames),
  ]);
  const arms = [...names].map((name) => ({ name }));
  return named(`an arm of ${scenario}`, arms, arm).name;
}

/** Of several points that agree, the largest at which the figure could be read. */
function cellAt(
  run: Run,
  { scenario, arm, column, point = {} }: Omit<Reading, "rest" | "others"> & { readonly arm: string },
): Cell | undefined {
  const size = (cell: Cell) => Object.values(cell.measuredAt).reduce((product, value) => product * value, 1);
  const cells = cellsOf(run, scenario)
    .filter((cell) => cell.arm === arm)
    .filter((cell) => Object.entries(point).every(([name, value]) => cell.point[name] === value));
  const read = cells.filter(({ figures }) => figures[column.figure] !== undefined);
  return (read.length > 0 ? read : cells).toSorted((a, b) => size(a) - size(b)).at(-1);
}
