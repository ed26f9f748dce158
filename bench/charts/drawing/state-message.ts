import { type Cell, hasFaults } from "../../report/cells.ts";
import { formatErrors, formatPoint } from "../../report/format.ts";

/** What stands in place of the figures of a cell that has none; undefined where it has. */
export function stateMessage(cell: Cell): string | undefined {
  switch (cell.state) {
    case "completed":
      return undefined;
    case "failed":
      return `failed (${cell.failures[0]?.phase}): ${cell.failures[0]?.message}`;
    case "exempt":
      return `exempt: ${cell.exemptBecause}`;
    case "not run":
      return "not run";
  }
}

/** What has to be known of the figures of a cell, in short: what its marks stand for. */
export function stateInShort(cell: Cell): string {
  const remarks = [
    ...(cell.clampedBecause === undefined ? [] : [`at ${formatPoint(cell.measuredAt)} only`]),
    ...(cell.generatorBound ? ["generator-bound"] : []),
    ...(cell.onlyBusyPercent === undefined ? [] : [`server only ${Math.round(cell.onlyBusyPercent)} % busy`]),
    ...(hasFaults(cell) ? [formatErrors(cell.errors) || `${cell.failures.length} trials failed`] : []),
  ];
  return stateMessage(cell) ?? (remarks.length === 0 ? "completed" : remarks.join("; "));
}
