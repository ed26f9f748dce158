import { normalQuantile, normalShareBelow, studentQuantile } from "./distributions.ts";
import type { Random } from "./random.ts";

/** One number that says something of a sample. */
export type Statistic = (sample: readonly number[]) => number;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A value that the statistic takes in samples drawn from the sample with replacement, and in what share of them. */
export interface Replicate {
  readonly value: number;
  readonly share: number;
}

export interface IntervalOptions {
  /** In what share of all cases the interval is to hold the truth. */
  readonly level: number;
  /**
   * Wider, for small samples: their resamples spread too little, by a factor of sqrt((n - 1) / n), and have the tails
   * of a normal distribution where those of Student's t are due. Source: T. Hesterberg, "What Teachers Should Know
   * About the Bootstrap" (2015), expanded percentiles.
   */
  readonly expanded: boolean;
}

/**
 * The bias-corrected and accelerated (BCa) bootstrap interval of a statistic, from its replicates, lowest first.
 * Source: B. Efron, "Better Bootstrap Confidence Intervals" (1987); T. DiCiccio and B. Efron, "Bootstrap Confidence
 * Intervals" (1996). Takes two values or more; where all are equal, both ends are the statistic itself.
 */
export function bcaInterval(
  sample: readonly number[],
  statistic: Statistic,
  replicates: readonly Replicate[],
  { level, expanded }: IntervalOptions,
): Interval {
  const n = sample.length;
  if (n < 2) throw new RangeError(`expected two values or more for an interval, got ${n}`);
  return correctedInterval(replicates, {
    observed: statistic(sample),
    skew: acceleration(sample, statistic),
    z: reachOf(n, { level, expanded }),
  });
}

/** The ends of a BCa interval whose acceleration and reach, in standard deviations, are known already. */
export function correctedInterval(
  replicates: readonly Replicate[],
  { observed, skew, z }: { readonly observed: number; readonly skew: number; readonly z: number },
): Interval {
  const bias = biasCorrection(replicates, observed);
  return {
    low: quantileOf(replicates, adjustedShare(-z, bias, skew)),
    high: quantileOf(replicates, adjustedShare(z, bias, skew)),
  };
}

/** How many standard deviations an interval of `n` values reaches to either side; of several samples, see unpaired.ts. */
export function reachOf(n: number, { level, expanded }: IntervalOptions, degreesOfFreedom = n - 1): number {
  const end = (1 + level) / 2;
  return expanded ? Math.sqrt(n / (n - 1)) * studentQuantile(end, degreesOfFreedom) : normalQuantile(end);
}

/** The statistic of so many samples of the same size, drawn with replacement; lowest first. */
export function resampled(
  sample: readonly number[],
  statistic: Statistic,
  random: Random,
  resamples: number,
): Replicate[] {
  const values = Array.from({ length: resamples }, () =>
    statistic(sample.map(() => sample[Math.floor(random() * sample.length)] ?? Number.NaN)),
  );
  return values.sort((a, b) => a - b).map((value) => ({ value, share: 1 / resamples }));
}

/**
 * How far the statistic lies from the middle of its replicates, in standard deviations of a normal distribution.
 * Those that equal it count half below it, which matters for a median: it often equals its replicates.
 */
export function biasCorrection(replicates: readonly Replicate[], observed: number): number {
  let below = 0;
  for (const { value, share } of replicates) {
    if (value < observed) below += share;
    else if (value === observed) below += share / 2;
  }
  // With every replicate on one side the correction would be infinite: as if half a one were on the other.
  const least = 0.5 / replicates.length;
  return normalQuantile(Math.min(Math.max(below, least), 1 - least));
}

/** How fast the statistic's spread changes with its value, by the jackknife; 0 where no value makes a difference. */
export function acceleration(sample: readonly number[], statistic: Statistic): number {
  return accelerationOf(jackknifeDeviations(sample, statistic));
}

/** How far the statistic falls below its mean over the sample's jackknife, as each of the values is left out. */
export function jackknifeDeviations(sample: readonly number[], statistic: Statistic): number[] {
  const leftOneOut = sample.map((_, index) => statistic(sample.toSpliced(index, 1)));
  const mean = leftOneOut.reduce((sum, value) => sum + value, 0) / leftOneOut.length;
  return leftOneOut.map((value) => mean - value);
}

/** The acceleration that a jackknife's deviations come to. */
export function accelerationOf(deviations: readonly number[]): number {
  let squares = 0;
  let cubes = 0;
  for (const deviation of deviations) {
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** The share of replicates below an end of the interval: that of `z`, corrected for bias and skewness. */
function adjustedShare(z: number, bias: number, skew: number): number {
  const shifted = bias + z;
  const stretch = 1 - skew * shifted;
  // Beyond its pole the correction would turn the ends round: nothing is further out than all replicates.
  if (stretch <= 0) return shifted < 0 ? 0 : 1;
  return normalShareBelow(bias + shifted / stretch);
}

/** The lowest value that this share of the replicates does not exceed. */
export function quantileOf(replicates: readonly Replicate[], wanted: number): number {
  let reached = 0;
  for (const { value, share } of replicates) {
    reached += share;
    if (reached >= wanted) return value;
  }
  return replicates.at(-1)?.value ?? Number.NaN;
}
