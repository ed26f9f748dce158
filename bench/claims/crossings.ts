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

/** How many of the boxes a transport does not come through: a count, as they are no sample of any kind of boxes. */
export function boxesInTheWay(evidence: Evidence, transport: string): Estimate | Missing {
  const each = boxes.map((arm) =>
    evidence.estimate({ scenario, arm, figure: `${transport}Blocked` }, "counted"),
  );
  const missing = each.find(isMissing);
  if (missing !== undefined) return missing;
  const found = each.filter((estimate): estimate is Estimate => !isMissing(estimate));
  const sum = (part: "value" | "low" | "high") =>
    found.reduce((total, estimate) => total + estimate[part], 0);
  return {
    value: sum("value"),
    low: sum("low"),
    high: sum("high"),
    n: Math.min(...found.map(({ n }) => n)),
    basis: found.some(({ basis }) => basis === "assumed") ? "assumed" : "blocks",
  };
}

/** What the reverse proxies did that people run, where they are installed. */
export function atReverseProxies(evidence: Evidence, transport: string, title: string): Beside[] {
  return reverseProxies.map((arm) => ({
    what: `${title} kept out by ${arm}`,
    unit: "count",
    estimate: evidence.estimate({ scenario, arm, figure: `${transport}Blocked` }, "counted"),
  }));
}
