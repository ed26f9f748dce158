import { rungs, talkCyclesIn } from "../../bench/labs/ladder/rungs.ts";
import { cellsOf, spreadOf } from "../../bench/report/cells.ts";
import { formatRange } from "../../bench/report/format.ts";
import { stateText } from "../../bench/report/tables.ts";
import type { Run } from "../../bench/result.ts";
import type { Place } from "./years.ts";

/** What the run has of a place. */
export type Here =
  | {
      /** `set`: a distance that the instrument was told to make, and no network. */
      readonly kind: "measured" | "set";
      readonly ns: number;
      readonly low: number;
      readonly high: number;
      readonly note: string;
    }
  /** Not run, failed, exempt. */
  | { readonly kind: "not measured"; readonly note: string };

/** What the lab `ladder` counts in, as the talk did. */
export const labCycleNs = 1 / talkCyclesIn(1);

/** Undefined where the lab has no such rung. */
export function hereOf(run: Run, { rung }: Pick<Place, "rung">): Here | undefined {
  if (rung === undefined) return undefined;
  const cell = cellsOf(run, "ladder").find(({ arm }) => arm === rung);
  if (cell === undefined) return { kind: "not measured", note: "not in this run" };
  const { medianNs } = cell.figures;
  if (medianNs === undefined)
    return {
      kind: "not measured",
      note: `here: ${cell.state === "completed" ? "not read" : stateText(cell)}`,
    };
  const { low, high } = spreadOf(medianNs);
  const kind = rung === "network" ? "set" : "measured";
  const how = kind === "set" ? "set here, not measured" : "measured here";
  const counted = `n = ${medianNs.n}${cell.generatorBound ? ", the load was busy" : ""}`;
  return {
    kind,
    ns: medianNs.median,
    low,
    high,
    note: `${how}: ${formatRange(low, high, "ns")}, ${counted}`,
  };
}

/** What the talk's slide has of a place; undefined where it does not name it. */
export function talkNs({ talk }: Pick<Place, "talk">): number | undefined {
  const cycles = rungs.find(({ name }) => name === talk)?.talkCycles;
  return cycles === undefined ? undefined : cycles * labCycleNs;
}
