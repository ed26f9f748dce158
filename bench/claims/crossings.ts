/** What the claims about middleboxes read of their lab. */
import type { Beside } from "./claim.ts";
import { type Estimate, isMissing, type Missing } from "./estimate.ts";
import type { Evidence } from "./evidence.ts";

export const scenario = "middleboxes";

/** The boxes that decide: our own, which every machine has, each with one habit. */
export const boxes = [
  "transparent",
  "strips-upgrade",
  "swallows-upgrade",
  "buffers-responses",
  "kills-idle",
  "http-only",
] as const;

const reverseProxies = ["nginx", "nginx-websocket", "haproxy"] as const;

/**
 * How many of the boxes a transport does not come through: a count, as they are no sample of any kind of boxes. One that
 * keeps it out in some trials and not in others counts as none at the least, and as one at the most.
 */
export function boxesInTheWay(evidence: Evidence, transport: string): Estimate | Missing {
  let [low, high, n] = [0, 0, 0];
  for (const arm of boxes) {
    const blocked = evidence.total({ scenario, arm, figure: `${transport}Blocked` });
    if (isMissing(blocked)) return blocked;
    if (blocked.value > 0) high++;
    if (blocked.value === blocked.n) low++;
    n = Math.max(n, blocked.n);
  }
  return { value: high, low, high, n, basis: "exact count" };
}

/** What the reverse proxies did that people run, where they are installed. */
export function atReverseProxies(evidence: Evidence, transport: string, title: string): Beside[] {
  return reverseProxies.map((arm) => ({
    what: `${title} kept out by ${arm}`,
    unit: "count",
    estimate: evidence.estimate({ scenario, arm, figure: `${transport}Blocked` }, "counted"),
  }));
}
