import type { Column } from "../result.ts";
import { type Cell, hasFaults, spreadOf } from "./cells.ts";
import { formatFigure } from "./format.ts";

/**
 * The ranges of two servers that are the same lie wholly apart in 1 of 3 cases with two trials each, 1 of 10 with three,
 * and 1 of 35 with four (2 / (2n over n)): fewer than four are more often wrong than an interval of 95 % may be.
 */
const fewestToTellApart = 4;

/**
 * The arm whose figure the trials have told apart from all others as the best: its interval, or range, lies wholly
 * on the better side of every other one, and it reads better. None where it does not, or where there are too few trials
 * to tell anything apart. Servers that were not measured under the same conditions do not take part.
 */
export function bestOf(column: Column, cells: readonly Cell[]): string | undefined {
  const figures = cells.filter(isComparable).flatMap((cell) => {
    const summary = cell.figures[column.figure];
    return summary === undefined ? [] : [{ arm: cell.arm, summary, spread: spreadOf(summary) }];
  });
  if (figures.length < 2) return undefined;
  const sign = column.better === "lower" ? 1 : -1;
  const [best, ...others] = figures.sort((a, b) => sign * (a.summary.median - b.summary.median));
  if (best === undefined || best.summary.n < fewestToTellApart) return undefined;
  const text = formatFigure(best.summary.median, column.unit);
  const toldApart = others.every(
    ({ summary, spread }) =>
      summary.n >= fewestToTellApart &&
      (column.better === "lower" ? best.spread.high < spread.low : best.spread.low > spread.high) &&
      formatFigure(summary.median, column.unit) !== text,
  );
  return toldApart ? best.arm : undefined;
}

/**
 * Clamped and generator-bound cells are not measured under the conditions of the others, nor is a server at rest. One that
 * refused webhooks, lost events or failed has figures of the rest alone, which it may have served the better for it.
 */
function isComparable(cell: Cell): boolean {
  return (
    cell.state === "completed" &&
    cell.clampedBecause === undefined &&
    !cell.generatorBound &&
    !hasFaults(cell) &&
    cell.onlyBusyPercent === undefined
  );
}
