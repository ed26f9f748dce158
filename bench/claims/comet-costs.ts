import type { Estimate, Missing, Nature } from "./estimate.ts";
import type { Evidence } from "./evidence.ts";

/** How many times what `ws` takes of a cost the other server takes, at the same point. */
export function costOver(
  evidence: Evidence,
  arm: string,
  figure: string,
  scenario: string,
  nature: Nature,
): Estimate | Missing {
  return evidence.ratio({ scenario, arm, figure }, { scenario, arm: "ws", figure }, nature);
}

/** What "inefficient" is taken for. */
export const twice = {
  wanted: { atLeast: 2 },
  because:
    "inefficient is read as twice the cost or more: below that, better code would make up for the difference",
};
