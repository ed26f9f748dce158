import type { Assertion } from "../claims/claim.ts";
import { isMissing } from "../claims/estimate.ts";

/** By which factor a figure lies on the claim's side of its threshold: above 1 it holds, below 1 it does not. */
export interface Margin {
  readonly value: number;
  /** Of the interval, the end that is worse for the claim and the one that is better. */
  readonly low: number;
  readonly high: number;
}

/** In place of a margin where there is no estimate. */
export const notMeasured = "not measured";

/** Words where there is no factor: no estimate, or a threshold of 0. */
export function marginOf({ estimate, wanted }: Pick<Assertion, "estimate" | "wanted">): Margin | string {
  if (isMissing(estimate)) return notMeasured;
  const { atLeast, atMost } = wanted;
  if (atLeast === undefined && atMost === 0) return estimate.high > 0 ? "not none" : "none, as wanted";
  const marginAt = (figure: number) =>
    Math.min(
      atLeast === undefined ? Number.POSITIVE_INFINITY : figure / atLeast,
      atMost === undefined
        ? Number.POSITIVE_INFINITY
        : figure === 0
          ? Number.POSITIVE_INFINITY
          : atMost / figure,
    );
  const ends = [marginAt(estimate.low), marginAt(estimate.high)];
  // Within a range the best is in its middle, which an interval may have inside.
  const middle = atLeast === undefined || atMost === undefined ? estimate.value : Math.sqrt(atLeast * atMost);
  const within = middle > estimate.low && middle < estimate.high ? [marginAt(middle)] : [];
  return {
    value: marginAt(estimate.value),
    low: Math.min(...ends),
    high: Math.max(...ends, ...within, marginAt(estimate.value)),
  };
}
