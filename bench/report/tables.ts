import type { Column, Point, Run, ScenarioInfo, ServerInfo } from "../result.ts";
import { type Cell, cellsOf, groupByPoint } from "./cells.ts";
import { formatFigure, formatPoint, formatRange } from "./format.ts";
import { remarksOn } from "./remarks.ts";

/** The results of one scenario, as the terminal, the page and the summary all show them. */
export interface ScenarioTables {
  readonly scenario: ScenarioInfo;
  /** One table a point, smallest first; none when the run ended before the scenario began. */
  readonly tables: readonly Table[];
}

export interface Table {
  readonly point: Point;
  /** The point and the number of trials: `100 subscribers; median and range of 3 trials`. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Every server of the run, in its order. */
  readonly rows: readonly Row[];
  /** What has to be read with the figures, as sentences; those of marked rows begin with the mark. */
  readonly remarks: readonly string[];
}

export interface Row {
  readonly server: ServerInfo;
  /** `*` clamped, `†` generator-bound, `‡` faults or failed trials beside the figures; told in the remarks. */
  readonly marks: string;
  /** One entry a column, or the words that stand in place of all figures. */
  readonly figures: readonly Figure[] | string;
}

export interface Figure {
  readonly text: string;
  /** The range of the trials, where there is more than one. */
  readonly range?: string;
  /** Reads as the best of its column does, among servers measured under the same conditions. */
  readonly best: boolean;
}

export function tablesOf(run: Run): ScenarioTables[] {
  return run.scenarios.map((scenario) => {
    const groups = groupByPoint(cellsOf(run, scenario.name));
    return { scenario, tables: groups.map((cells) => tableOf(run, scenario, cells)) };
  });
}

function tableOf(run: Run, scenario: ScenarioInfo, cells: readonly Cell[]): Table {
  const point = cells[0]?.point ?? {};
  const best = new Map(scenario.columns.map((column) => [column.figure, bestOf(column, cells)] as const));
  return {
    point,
    caption: `${formatPoint(point)}; ${trialsText(cells)}`,
    columns: scenario.columns,
    rows: run.servers.flatMap((server) => {
      const cell = cells.find((candidate) => candidate.server === server.name);
      return cell === undefined ? [] : [rowOf(server, cell, scenario.columns, best)];
    }),
    remarks: remarksOn(run, cells),
  };
}

function rowOf(
  server: ServerInfo,
  cell: Cell,
  columns: readonly Column[],
  best: ReadonlyMap<string, string | undefined>,
): Row {
  if (cell.state !== "completed") return { server, marks: marksOf(cell), figures: stateText(cell) };
  const figures = columns.map(({ figure, unit }): Figure => {
    const summary = cell.figures[figure];
    if (summary === undefined) return { text: "not read", best: false };
    const text = formatFigure(summary.median, unit);
    return {
      text,
      ...(summary.n > 1 ? { range: formatRange(summary.min, summary.max, unit) } : {}),
      best: isComparable(cell) && text === best.get(figure),
    };
  });
  return { server, marks: marksOf(cell), figures };
}

/** The marks beside a server's name; each is explained in the remarks. */
export function marksOf(cell: Cell): string {
  const faults = Object.values(cell.errors).some((count) => count > 0);
  return [
    cell.clampedBecause === undefined ? "" : "*",
    cell.generatorBound ? "†" : "",
    faults || (cell.state === "completed" && cell.failures.length > 0) ? "‡" : "",
  ].join("");
}

/** What stands in place of the figures of a cell that has none. */
export function stateText(cell: Cell): string {
  if (cell.state === "failed") {
    const phases = [...new Set(cell.failures.map((failure) => failure.phase))];
    return `failed (${phases.join(", ")})`;
  }
  return cell.state;
}

/** `median and range of 3 trials`, `1 trial`, `median and range of 2 to 3 trials`. */
export function trialsText(cells: readonly Cell[]): string {
  const counts = cells.filter((cell) => cell.state === "completed").map((cell) => cell.n);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (counts.length === 0) return "no completed trial";
  if (most === 1) return "n = 1 trial";
  return `median and range of n = ${least === most ? most : `${least} to ${most}`} trials`;
}

/** Clamped and generator-bound cells are not measured under the conditions of the others. */
function isComparable(cell: Cell): boolean {
  return cell.state === "completed" && cell.clampedBecause === undefined && !cell.generatorBound;
}

/** The best of a column as it reads; none when there is nothing to compare with, or all read alike. */
function bestOf(column: Column, cells: readonly Cell[]): string | undefined {
  const values = cells
    .filter(isComparable)
    .map((cell) => cell.figures[column.figure]?.median)
    .filter((value) => value !== undefined);
  const texts = new Set(values.map((value) => formatFigure(value, column.unit)));
  if (texts.size < 2) return undefined;
  return formatFigure(column.better === "lower" ? Math.min(...values) : Math.max(...values), column.unit);
}
