import { type Cell, hasFaults } from "../../report/cells.ts";
import { counted, formatPoint } from "../../report/format.ts";

/** What the marks beside a name mean, each in a few words; the sentences are in the footnotes. */
export function markWords(cell: Cell): string[] {
  const { clampedBecause, measuredAt, onlyBusyPercent } = cell;
  return [
    ...(clampedBecause === undefined ? [] : [`* at ${formatPoint(measuredAt)} only`]),
    ...(cell.generatorBound ? [`† generator-bound: ${boundTrials(cell)} of ${cell.n} trials`] : []),
    ...(onlyBusyPercent === undefined ? [] : [`◊ server only ${Math.round(onlyBusyPercent)} % busy`]),
    ...(hasFaults(cell) ? [`‡ ${faultWords(cell)}`] : []),
  ];
}

/** What hollow symbols are; empty where there are none. */
export function hollowWords(cells: readonly Cell[]): string {
  return cells.some(({ generatorBound }) => generatorBound) ? " Hollow: generator-bound." : "";
}

function boundTrials({ trials }: Cell): number {
  return trials.filter(({ outcome }) => outcome.state === "completed" && outcome.generatorBound).length;
}

/** `1 of 3 trials failed`, `2 faults, see below`. */
function faultWords({ errors, failures, trials }: Cell): string {
  if (failures.length > 0) return `${failures.length} of ${trials.length} trials failed`;
  const faults = Object.values(errors).reduce((sum, count) => sum + count, 0);
  return `${counted(faults, "fault")}, see below`;
}
