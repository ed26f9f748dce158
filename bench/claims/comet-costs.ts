import { pointKey } from "../report/points.ts";
import type { Estimate, Missing, Nature } from "./estimate.ts";
import type { Evidence } from "./evidence.ts";

/** How many times what `ws` takes of a cost the other server takes, at the largest point that both were measured at. */
export function costOver(
  evidence: Evidence,
  arm: string,
  figure: string,
  scenario: string,
  nature: Nature,
): Estimate | Missing {
  const ofWs = new Set(evidence.points(scenario, "ws").map(pointKey));
  const point = evidence.points(scenario, arm).findLast((point) => ofWs.has(pointKey(point)));
  if (point === undefined) return { missing: `this run has no point of ${scenario} with both ${arm} and ws` };
  return evidence.ratio({ scenario, arm, figure, point }, { scenario, arm: "ws", figure, point }, nature);
}

/** What "inefficient" is taken for. */
export const twice = {
  wanted: { atLeast: 2 },
  because:
    "inefficient is read as twice the cost or more: below that, better code would make up for the difference",
};
