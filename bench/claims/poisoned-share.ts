import { type Estimate, inPercent, type Missing } from "./estimate.ts";
import type { Evidence } from "./evidence.ts";

/** Of an arm's tries to poison the cache of the proxy, those that did, in percent. */
export function poisonedShare(evidence: Evidence, arm: string): Estimate | Missing {
  return inPercent(evidence.share({ scenario: "poisoning", arm }, "poisoned", "tries"));
}

/** As good as all and as good as none: what a thousand tries without exception can show, and a bit of room. */
export const nearlyAll = { atLeast: 99 };
export const nearlyNone = { atMost: 0.5 };
