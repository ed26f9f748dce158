import { fewestForInterval } from "../stats/median-interval.ts";
import type { Cell, FigureSummary } from "./cells.ts";

/** What the figures of these cells are: `median and 95 % interval of n = 6 trials`, `n = 1 trial`. */
export function trialsText(cells: readonly Cell[]): string {
  const most = Math.max(0, ...completedCounts(cells));
  if (most <= 1) return countText(cells);
  if (most >= fewestForInterval) return `median and 95 % interval of ${countText(cells)}`;
  return `median and range of ${countText(cells)}, an interval takes ${fewestForInterval}`;
}

/** How many trials there are of each of these cells: `n = 6 trials`, `n = 5 to 6 trials`. */
export function countText(cells: readonly Cell[]): string {
  const counts = completedCounts(cells);
  if (counts.length === 0) return "no completed trial";
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `n = ${least === most ? most : `${least} to ${most}`} trial${most === 1 ? "" : "s"}`;
}

function completedCounts(cells: readonly Cell[]): number[] {
  return cells.filter(({ state }) => state === "completed").map(({ n }) => n);
}

/** What is known of how far figures vary: nothing of one trial each, else the one, the other, or both among them. */
export type SpreadKind = "none" | "range" | "interval" | "both";

export function spreadKind(summaries: readonly FigureSummary[]): SpreadKind {
  const ranges = summaries.some(({ n, interval }) => n > 1 && interval === undefined);
  const intervals = summaries.some(({ interval }) => interval !== undefined);
  if (intervals) return ranges ? "both" : "interval";
  return ranges ? "range" : "none";
}
