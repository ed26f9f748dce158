import { type FigureSummary, spreadOf } from "../../report/cells.ts";
import { formatFigure, formatRange } from "../../report/format.ts";
import type { Unit } from "../../result.ts";

/** A figure for a table: `1.2 ms (1.1 ms to 1.4 ms, n = 6)`; of one trial without a range; `not read` where it is absent. */
export function summaryText(summary: FigureSummary | undefined, unit: Unit): string {
  if (summary === undefined) return "not read";
  const { low, high } = spreadOf(summary);
  const range = summary.n === 1 ? "" : `${formatRange(low, high, unit)}, `;
  return `${formatFigure(summary.median, unit)} (${range}n = ${summary.n})`;
}
