import type { Column } from "../result.ts";
import { type Cell, spreadOf } from "./cells.ts";
import { formatFigure } from "./format.ts";

/**
 * The server whose figure the trials have told apart from all others as the best: its interval, or range, lies wholly
 * on the better side of every other one, and it reads better. None where it does not, or where it has one trial, which
 * tells nothing apart. Servers that were not measured under the same conditions do not take part.
 */
export function bestOf(column: Column, cells: readonly Cell[]): string | undefined {
  const figures = cells.filter(isComparable).flatMap((cell) => {
    const summary = cell.figures[column.figure];
    return summary === undefined ? [] : [{ server: cell.server, summary, spread: spreadOf(summary) }];
  });
  if (figures.length < 2) return undefined;
  const sign = column.better === "lower" ? 1 : -1;
  const [best, ...others] = figures.sort((a, b) => sign * (a.summary.median - b.summary.median));
  if (best === undefined || best.summary.n < 2) return undefined;
  const text = formatFigure(best.summary.median, column.unit);
  const toldApart = others.every(
    ({ summary, spread }) =>
      (column.better === "lower" ? best.spread.high < spread.low : best.spread.low > spread.high) &&
      formatFigure(summary.median, column.unit) !== text,
  );
  return toldApart ? best.server : undefined;
}

/** Clamped and generator-bound cells are not measured under the conditions of the others, nor is a server at rest. */
function isComparable(cell: Cell): boolean {
  return (
    cell.state === "completed" &&
    cell.clampedBecause === undefined &&
    !cell.generatorBound &&
    cell.onlyBusyPercent === undefined
  );
}
