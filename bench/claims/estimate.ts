import { binomialInterval } from "../stats/binomial.ts";
import type { Interval } from "../stats/bootstrap.ts";
import { median } from "../stats/median.ts";
import { medianInterval } from "../stats/median-interval.ts";
import { type ByBlock, pairedRatio } from "../stats/paired.ts";

/** A figure, and where the true one lies. */
export interface Estimate extends Interval {
  readonly value: number;
  /** Trials, or for a share, tries. */
  readonly n: number;
  readonly basis: Basis;
}

/**
 * Where the interval comes from: the bootstrap over blocks, the exact interval of a share, what is assumed of a figure of
 * its nature where there are too few blocks, or nowhere: a count of what happened in the run is what it is.
 */
export type Basis = "blocks" | "exact share" | "assumed" | "exact count";

/** Why there is no estimate, as words after "because". */
export interface Missing {
  readonly missing: string;
}

export function isMissing(estimate: Estimate | Missing): estimate is Missing {
  return "missing" in estimate;
}

/**
 * How far a single trial may lie from the truth, as a factor each way, by what decides the figure. Wider than what was
 * seen, so that what fewer than six trials settle, more trials do not overturn; `evidence/verdicts.md` holds them against
 * repeated runs.
 */
export const assumedFactors = {
  /** CPU time, throughput and latency on loopback: the machine's speed decides. */
  timed: 2,
  /** What chance leaves between a count and what it should be. */
  chance: 3,
  /** Memory: what the process keeps beyond what it needs. */
  held: 1.3,
  /** Waits in which the machine's speed has a part: the difference of two, or the mean of what queues. */
  mixed: 1.3,
  /** Waits of tens of milliseconds and more, by a timer or the relay. */
  paced: 1.05,
  /** Bytes, packets, connections, requests: counted one by one. */
  counted: 1.03,
} as const;

export type Nature = keyof typeof assumedFactors;

/** The median of one figure over the blocks. */
export function estimateOf(values: ByBlock, nature: Nature): Estimate | Missing {
  const value = median([...values.values()]);
  if (value === undefined) return { missing: "no trial has the figure" };
  const { interval } = medianInterval([...values.values()]);
  return withInterval(value, interval, values.size, nature);
}

/** The median of how many times the one figure is the other, paired within blocks. */
export function ratioOf(a: ByBlock, b: ByBlock, nature: Nature): Estimate | Missing {
  const { ratio, interval, because = "", blocks } = pairedRatio(a, b);
  if (ratio === undefined) return { missing: because };
  return withInterval(ratio, interval, blocks, nature);
}

/** The share that `hits` are of `tries`, from 0 to 1, with its exact interval at 95 %. */
export function shareOf(hits: number, tries: number): Estimate | Missing {
  if (tries === 0) return { missing: "nothing was tried" };
  return { value: hits / tries, ...binomialInterval(hits, tries), n: tries, basis: "exact share" };
}

/** What was counted in all trials together. It says what happened, and nothing of what else might have. */
export function countOf(count: number, trials: number): Estimate {
  return { value: count, low: count, high: count, n: trials, basis: "exact count" };
}

/** A share in percent, from 0 to 100, as tables show it. */
export function inPercent(share: Estimate | Missing): Estimate | Missing {
  if (isMissing(share)) return share;
  const { value, low, high } = share;
  return { ...share, value: 100 * value, low: 100 * low, high: 100 * high };
}

function withInterval(value: number, interval: Interval | undefined, n: number, nature: Nature): Estimate {
  if (interval !== undefined) return { value, ...interval, n, basis: "blocks" };
  const factor = assumedFactors[nature];
  const [one, other] = [value / factor, value * factor];
  return { value, low: Math.min(one, other), high: Math.max(one, other), n, basis: "assumed" };
}
