import type { Interval } from "./bootstrap.ts";
import { betaQuantile } from "./distributions.ts";

/**
 * Where the true share lies, at 95 %, when `hits` of `tries` were seen: the exact interval of C. Clopper and E. Pearson,
 * "The use of confidence or fiducial limits", Biometrika 26 (1934). `tries` is 1 or more.
 */
export function binomialInterval(hits: number, tries: number): Interval {
  const tail = 0.025;
  return {
    low: hits === 0 ? 0 : betaQuantile(tail, hits, tries - hits + 1),
    high: hits === tries ? 1 : betaQuantile(1 - tail, hits + 1, tries - hits),
  };
}

/** The fewest hits that are exceeded in at most 2.5 % of all cases, of so many tries with this chance each. */
export function binomialUpper(tries: number, chance: number): number {
  // Logarithms: of thousands of tries the share of none is too small for a number.
  let logShare = tries * Math.log1p(-chance);
  let reached = Math.exp(logShare);
  let hits = 0;
  while (reached < 0.975 && hits < tries) {
    logShare += Math.log(((tries - hits) / (hits + 1)) * (chance / (1 - chance)));
    hits++;
    reached += Math.exp(logShare);
  }
  return hits;
}
