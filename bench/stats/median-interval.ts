import { bcaInterval, type Interval } from "./bootstrap.ts";
import { median } from "./median.ts";
import { medianReplicates } from "./median-replicates.ts";

/** Where the true median lies, or why that cannot be said. */
export type MedianInterval =
  | { readonly interval: Interval }
  | { readonly interval: undefined; readonly because: string };

/**
 * No resample lies outside of its sample, and the lowest and the highest of five values have the true median between
 * them in 93.75 % of all cases, those of six in 96.9 % (1 - 2 / 2^n): fewer cannot hold 95 %.
 */
export const fewestForInterval = 6;

/**
 * The 95 % interval of the median by the BCa bootstrap with expanded percentiles. In simulation (4,000 samples each of
 * normal, heavy-tailed and skewed noise) 96 to 99 % of such intervals of six to ten values hold the truth, of plain BCa
 * intervals 87 to 96 %. Of six or seven values it is their whole range. The same values give the same interval, in any
 * order.
 */
export function medianInterval(values: readonly number[]): MedianInterval {
  if (values.length < fewestForInterval) {
    const because = `an interval takes ${fewestForInterval} values or more, got ${values.length}`;
    return { interval: undefined, because };
  }
  const interval = bcaInterval(values, medianOf, medianReplicates(values), { level: 0.95, expanded: true });
  return { interval };
}

function medianOf(values: readonly number[]): number {
  return median(values) ?? Number.NaN;
}
