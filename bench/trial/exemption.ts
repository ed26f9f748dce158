import { findChromium, installChromium } from "../../cli/chromium.ts";
import type { Load } from "../scenarios/scenario.ts";

/** Why this machine cannot run the load; undefined where it can. */
export function exemptionOf({ subscribersAre }: Pick<Load, "subscribersAre">): string | undefined {
  if (subscribersAre !== "pages") return undefined;
  const found = findChromium();
  return "missing" in found ? `${found.missing}; ${installChromium}` : undefined;
}
