import { boxes, scenario } from "../../../bench/claims/crossings.ts";
import type { MeasuredCell } from "../fixtures/measured.ts";

type Figures = Readonly<Record<string, number | readonly number[]>>;

/** Every box with the same figures, but for those that are given for some of them. */
export function atBoxes(everywhere: Figures, at: Readonly<Record<string, Figures>> = {}): MeasuredCell[] {
  return boxes.map((arm) => ({ scenario, arm, figures: { ...everywhere, ...at[arm] } }));
}
