import type { Check } from "../result.ts";

/** How far the instrument may be off, by what it measures: the rule by which a run is calibrated. */
const allowances = {
  /** 2 % for scale, and 0.3 ms for the way there and back, which no clock can take out. */
  ms: (expected: number) => 0.02 * expected + 0.3,
  /** 0.1 %. */
  bytes: (expected: number) => 0.001 * expected,
  /** Counting is exact. */
  count: () => 0,
} as const;

/** A known answer beside what was measured, judged by the rule. */
export function withinRule(
  known: Pick<Check, "name" | "expected" | "measured"> & { readonly unit: keyof typeof allowances },
): Check {
  const { name, unit, expected, measured } = known;
  const allowed = allowances[unit](expected);
  return { name, unit, expected, measured, allowed, passed: Math.abs(measured - expected) <= allowed };
}
