import type { Arm, Column, Point, Run, ScenarioInfo, ServerInfo, Unit } from "../result.ts";
import { fewestForInterval } from "../stats/median-interval.ts";
import { bestOf } from "./best.ts";
import {
  armsOf,
  type Cell,
  cellsOf,
  type FigureSummary,
  groupByPoint,
  hasFaults,
  spreadOf,
} from "./cells.ts";
import { formatFigure, formatPoint, formatRange } from "./format.ts";
import { remarksOn } from "./remarks.ts";
import { type SpreadKind, spreadKind, trialsText } from "./trials-text.ts";

/** The results of one scenario, as the terminal, the page and the summary all show them. */
export interface ScenarioTables {
  readonly scenario: ScenarioInfo;
  /** One table a point, smallest first; none when the run ended before the scenario began. */
  readonly tables: readonly Table[];
}

export interface Table {
  readonly point: Point;
  /** The point and the number of trials: `At 100 subscribers; median and 95 % interval of n = 6 trials`. */
  readonly caption: string;
  /** What the rows are about. The arms of a lab have no I/O model. */
  readonly compares: "servers" | "arms";
  readonly columns: readonly Column[];
  /** Every server of the run, or arm of a lab, in its order. */
  readonly rows: readonly Row[];
  /** What the answer cost: the same rows with other columns; absent where the scenario has none. */
  readonly costs?: Pick<Table, "caption" | "columns" | "rows">;
  /** What has to be read with the figures, as sentences; those of marked rows begin with the mark. */
  readonly remarks: readonly string[];
}

/** What a row is about. The arm of a lab has no I/O model: its name says what it is. */
export type RowHead = Arm & Partial<Pick<ServerInfo, "ioModel">>;

export interface Row {
  readonly arm: RowHead;
  /**
   * `*` clamped, `†` generator-bound, `◊` the server was not busy enough for a ceiling, `‡` faults or failed trials
   * beside the figures; told in the remarks.
   */
  readonly marks: string;
  /** One entry a column, or the words that stand in place of all figures. */
  readonly figures: readonly Figure[] | string;
}

export interface Figure {
  readonly text: string;
  /** The interval of the median, or of fewer trials their range; absent where all have one trial. */
  readonly spread?: string;
  /** Told apart by the trials from all others of its column, as the best. */
  readonly best: boolean;
}

export function tablesOf(run: Run): ScenarioTables[] {
  return run.scenarios.map((scenario) => {
    const groups = groupByPoint(cellsOf(run, scenario.name));
    return { scenario, tables: groups.map((cells) => tableOf(run, scenario, cells)) };
  });
}

/** By figure, the arm that is emphasised. */
type Best = ReadonlyMap<string, string | undefined>;

/** Beside a range in a table that has intervals too. */
const rangeMark = " §";
const rangeRemark = `§ the range of fewer than ${fewestForInterval} trials, too few for an interval.`;

function tableOf(run: Run, scenario: ScenarioInfo, cells: readonly Cell[]): Table {
  const { columns, costs } = scenario;
  const point = cells[0]?.point ?? {};
  const best = new Map(columns.map((column) => [column.figure, bestOf(column, cells)] as const));
  const shown = cells.flatMap(({ figures }) =>
    [...columns, ...costs].map(({ figure }) => figures[figure]).filter((summary) => summary !== undefined),
  );
  const spreads = spreadKind(shown);
  const rowsOf = (columns: readonly Column[], best: Best) =>
    armsOf(run, scenario).flatMap((arm) => {
      const cell = cells.find((candidate) => candidate.arm === arm.name);
      return cell === undefined ? [] : [rowOf(arm, cell, columns, best, spreads)];
    });
  const caption = captionOf(point, trialsText(cells));
  return {
    point,
    caption: capitalised(caption),
    compares: scenario.arms === undefined ? "servers" : "arms",
    columns,
    rows: rowsOf(columns, best),
    // What is cheap is not what was asked for, so no cost is the best.
    ...(costs.length === 0
      ? {}
      : { costs: { caption: `What it cost, ${caption}`, columns: costs, rows: rowsOf(costs, new Map()) } }),
    remarks: [...(spreads === "both" ? [rangeRemark] : []), ...remarksOn(run, cells)],
  };
}

/** A scenario with one point alone need not name it. */
function captionOf(point: Point, trials: string): string {
  return Object.keys(point).length === 0 ? trials : `at ${formatPoint(point)}; ${trials}`;
}

/** `n` is the name of a number, and stays small. */
function capitalised(text: string): string {
  return text.startsWith("n = ") ? text : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function rowOf(arm: RowHead, cell: Cell, columns: readonly Column[], best: Best, spreads: SpreadKind): Row {
  if (cell.state !== "completed") return { arm, marks: marksOf(cell), figures: stateText(cell) };
  const figures = columns.map(({ figure, unit, absent = "not read" }): Figure => {
    const summary = cell.figures[figure];
    if (summary === undefined) return { text: absent, best: false };
    return {
      text: formatFigure(summary.median, unit),
      ...spreadText(summary, unit, spreads),
      best: best.get(figure) === arm.name,
    };
  });
  return { arm, marks: marksOf(cell), figures };
}

/** What stands beside a figure whose table has such spreads. */
function spreadText(summary: FigureSummary, unit: Unit, spreads: SpreadKind): Pick<Figure, "spread"> {
  if (spreads === "none") return {};
  if (summary.n === 1) return { spread: "n = 1" };
  const { low, high } = spreadOf(summary);
  const mark = spreads === "both" && summary.interval === undefined ? rangeMark : "";
  return { spread: `${formatRange(low, high, unit)}${mark}` };
}

/** The marks beside an arm's name; each is explained in the remarks. */
export function marksOf(cell: Cell): string {
  return [
    cell.clampedBecause === undefined ? "" : "*",
    cell.generatorBound ? "†" : "",
    cell.onlyBusyPercent === undefined ? "" : "◊",
    hasFaults(cell) ? "‡" : "",
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
