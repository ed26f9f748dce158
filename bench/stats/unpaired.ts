import {
  accelerationOf,
  correctedInterval,
  type Interval,
  jackknifeDeviations,
  type Replicate,
  reachOf,
} from "./bootstrap.ts";
import { median } from "./median.ts";
import { fewestForInterval } from "./median-interval.ts";
import { medianReplicates } from "./median-replicates.ts";

/** How the median of one sample differs from that of another. */
export interface UnpairedChange {
  /** How many times the one is the other; or by how much it exceeds it, where a value is not above 0. */
  readonly kind: "ratio" | "difference";
  readonly value: number;
  /** In which the true one lies, at 95 %; undefined of too few values, which `because` then says. */
  readonly interval: Interval | undefined;
  readonly because?: string;
}

/** What a change is when there is none. */
export const noChange: Readonly<Record<UnpairedChange["kind"], number>> = { ratio: 1, difference: 0 };

/**
 * How the median of `b` differs from that of `a`, of samples that have nothing to do with each other, such as the trials
 * of two runs: the two-sample bootstrap. Both samples are drawn from anew on their own, and all pairs of medians that this
 * can give stand there with their exact shares, so it takes no seed. The interval is BCa, its acceleration that of several
 * samples (A. Davison and D. Hinkley, "Bootstrap Methods and their Application", 1997, chapter 5), expanded by the size of
 * the smaller sample (T. Hesterberg, "What Teachers Should Know About the Bootstrap", 2015), with the degrees of freedom of
 * both. In simulation (2,000 pairs each of normal, heavy-tailed and skewed noise) 96 to 99 % of such intervals of six to
 * twelve values hold the truth, also where the one sample varies five times as much as the other; plain BCa intervals 92
 * to 98 %. Throws `RangeError` of nothing.
 */
export function unpairedChange(a: readonly number[], b: readonly number[]): UnpairedChange {
  const [from, to] = [medianOf(a), medianOf(b)];
  const kind = [...a, ...b].every((value) => value > 0) ? "ratio" : "difference";
  const change = changes[kind];
  const value = change(from, to);
  const fewest = Math.min(a.length, b.length);
  if (fewest < fewestForInterval) {
    const because = `an interval takes ${fewestForInterval} values or more of each, got ${a.length} and ${b.length}`;
    return { kind, value, interval: undefined, because };
  }
  const deviations = [
    ...jackknifeDeviations(a, (sample) => scales[kind](change(medianOf(sample), to))).map(weighted(a)),
    ...jackknifeDeviations(b, (sample) => scales[kind](change(from, medianOf(sample)))).map(weighted(b)),
  ];
  const interval = correctedInterval(replicatesOf(a, b, change), {
    observed: value,
    skew: accelerationOf(deviations),
    z: reachOf(fewest, { level: 0.95, expanded: true }, a.length + b.length - 2),
  });
  return { kind, value, interval };
}

type Change = (from: number, to: number) => number;

const changes: Readonly<Record<UnpairedChange["kind"], Change>> = {
  ratio: (from, to) => to / from,
  difference: (from, to) => to - from,
};

/** Where equally far is equally much. */
const scales: Readonly<Record<UnpairedChange["kind"], (change: number) => number>> = {
  ratio: Math.log,
  difference: (change) => change,
};

/** What a sample's deviations count beside those of a sample of another size. */
function weighted({ length }: readonly number[]): (deviation: number) => number {
  return (deviation) => (deviation * (length - 1)) / length;
}

/** Every change that samples drawn from the two can show, lowest first. */
function replicatesOf(a: readonly number[], b: readonly number[], change: Change): Replicate[] {
  const [froms, tos] = [medianReplicates(a), medianReplicates(b)];
  return froms
    .flatMap((from) =>
      tos.map((to) => ({ value: change(from.value, to.value), share: from.share * to.share })),
    )
    .sort((x, y) => x.value - y.value);
}

function medianOf(values: readonly number[]): number {
  const found = median(values);
  if (found === undefined) throw new RangeError("expected one value or more of each, got none");
  return found;
}
