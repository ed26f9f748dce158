import type { Replicate } from "./bootstrap.ts";

/**
 * All medians that samples of the same size drawn from the values with replacement can have, lowest first, each with
 * its exact share: what resampling without end would give, so it takes no seed. Source: B. Efron, "Bootstrap Methods:
 * Another Look at the Jackknife" (1979), section 3, for odd sizes; the same reasoning holds for the two middle draws
 * of even ones.
 */
export function medianReplicates(values: readonly number[]): Replicate[] {
  const sorted = values.toSorted((a, b) => a - b);
  const same = sorted.map((value, at) => ({ value, share: shareOfOneMiddle(sorted.length, at) }));
  if (sorted.length % 2 === 1) return same;
  const between = sorted.flatMap((lower, below) =>
    sorted.slice(below + 1).map((upper, gap) => ({
      value: (lower + upper) / 2,
      share: shareOfTwoMiddles(sorted.length, below, below + 1 + gap),
    })),
  );
  return [...same, ...between].sort((a, b) => a.value - b.value);
}

/** How often the middle draws, one or two, are all of the value at this rank: neither side has half the draws. */
function shareOfOneMiddle(n: number, at: number): number {
  const most = Math.ceil(n / 2) - 1;
  let share = 0;
  for (let below = 0; below <= most; below++) {
    for (let above = 0; above <= most; above++) {
      share +=
        binomial(n, below) *
        (at / n) ** below *
        (binomial(n - below, above) * ((n - 1 - at) / n) ** above) *
        (1 / n) ** (n - below - above);
    }
  }
  return share;
}

/** How often half the draws end at the one rank, and the other half begin at the other. */
function shareOfTwoMiddles(n: number, lower: number, upper: number): number {
  const half = n / 2;
  const endAt = ((lower + 1) / n) ** half - (lower / n) ** half;
  const beginAt = ((n - upper) / n) ** half - ((n - 1 - upper) / n) ** half;
  return binomial(n, half) * endAt * beginAt;
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let taken = 1; taken <= k; taken++) ways = (ways * (n - k + taken)) / taken;
  return ways;
}
