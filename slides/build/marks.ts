import type { Cell } from "../../bench/report/cells.ts";
import { markedRemarks } from "../../bench/report/remarks.ts";

/** The marks of a figure, each of which the foot of its slide explains. */
export function marksOf(cells: readonly Cell[]): string {
  return [...new Set(markedRemarks(cells).map((remark) => remark.slice(0, 1)))].join("");
}
